"""An exam of digits that somebody drew for it: kept as plain values, examined as any other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from core.config import IMAGE_SIDE
from core.data import Digits
from core.exam.packing import OwnDigit


def own_digit(asked: int, image: np.ndarray) -> OwnDigit:
    """A digit to be kept; image: float (28, 28) in [0, 1]."""
    return asked, (image * 255).round().astype(np.uint8).tobytes()


def as_digits(drawn: Sequence[OwnDigit]) -> Digits:
    """At least one drawn digit, as the digits of an exam."""
    pixels = bytearray(b"".join(image for _, image in drawn))
    images = torch.frombuffer(pixels, dtype=torch.uint8).reshape(-1, IMAGE_SIDE, IMAGE_SIDE)
    return Digits(images, torch.tensor([digit for digit, _ in drawn]))
