"""What the tutorial network says to shapes."""

from __future__ import annotations

import numpy as np
import torch

from core.evaluation import probabilities
from core.lessons.no_digits import SHOWN, answers_to_shapes
from core.pretrained import load


def test_it_names_one_of_ten_for_every_shape_and_says_how_surely():
    model = load("tutorial").model
    said = answers_to_shapes(model)
    assert said.names == SHOWN and len(said.images) == len(SHOWN)
    shares = probabilities(model, torch.from_numpy(said.images) / 255)
    np.testing.assert_array_equal(said.answers, shares.argmax(1))
    np.testing.assert_array_equal(said.sure, shares.amax(1))
