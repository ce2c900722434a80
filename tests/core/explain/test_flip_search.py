"""The directions in which the search for a flip goes. What it finds: test_counterfactual.py."""

from __future__ import annotations

import torch

from core.explain.flip_search import unit


def test_a_direction_has_length_one_however_small_it_was():
    rows = torch.tensor([[3.0, 4.0], [3e-38, 4e-38], [0.0, 0.0], [3e30, 4e30]])
    expected = torch.tensor([[0.6, 0.8], [0.6, 0.8], [0.0, 0.0], [0.6, 0.8]])
    torch.testing.assert_close(unit(rows), expected)
