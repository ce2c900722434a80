"""Digits that somebody drew come back as they were kept."""

from __future__ import annotations

import numpy as np
import torch

from core.exam.own_digits import as_digits, own_digit


def test_what_was_kept_is_what_is_examined(generated):
    part = generated.test[:4]
    kept = [
        own_digit(asked, (image.float() / 255).numpy())
        for asked, image in zip((3, 1, 4, 1), part.images, strict=True)
    ]
    found = as_digits(kept)
    assert torch.equal(found.images, part.images)
    assert found.labels.tolist() == [3, 1, 4, 1]


def test_a_kept_digit_is_plain_values():
    asked, pixels = own_digit(7, np.full((28, 28), 0.5, dtype=np.float32))
    assert asked == 7
    assert pixels == bytes([128] * 784)
