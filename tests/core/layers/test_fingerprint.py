"""Networks are told apart by their layers and weights."""

from __future__ import annotations

import torch

from core.config import TrainingConfig
from core.model import build_model, fingerprint


def test_the_fingerprint_tells_networks_apart():
    first, again = (build_model(TrainingConfig(seed=1)) for _ in range(2))
    assert fingerprint(first) == fingerprint(again)
    other = build_model(TrainingConfig(seed=1, activation="tanh"))  # the same weights
    assert fingerprint(first) != fingerprint(other)
    with torch.no_grad():
        again.layers.output.bias[0] += 1e-3
    assert fingerprint(first) != fingerprint(again)
