"""A network reads the digits of a room. Here torch begins; room.py does without."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from core.data import scaled
from core.evaluation import CHUNK, doubts_of, predict_logits
from core.networks.card import Doubt
from core.room.collected import DOUBT
from core.room.room import Reader


def reader_of(model: nn.Module, doubt: Doubt | None = None) -> Reader:
    """What a room asks: uint8 (B, 28, 28) -> the digit that the network reads in each.

    doubt: when it says that something does not look like a digit; None: never.
    """

    def answers(images: torch.Tensor) -> torch.Tensor:
        logits = predict_logits(model, scaled(images))
        read = logits.argmax(dim=1)
        return read if doubt is None else read.masked_fill(doubts_of(logits) > doubt.above, DOUBT)

    def read(images: np.ndarray) -> list[int]:
        return torch.cat(list(map(answers, torch.from_numpy(images).split(CHUNK)))).tolist()

    return read
