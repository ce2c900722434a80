"""A network reads the digits of a room. Here torch begins; room.py does without."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from core.data import scaled
from core.evaluation import CHUNK, predict_logits
from core.room.room import Reader


def reader_of(model: nn.Module) -> Reader:
    """What a room asks: uint8 (B, 28, 28) -> the digit that the network reads in each."""

    def read(images: np.ndarray) -> list[int]:
        parts = torch.from_numpy(images).split(CHUNK)
        answers = [predict_logits(model, scaled(part)).argmax(dim=1) for part in parts]
        return torch.cat(answers).tolist()

    return read
