"""A network alone, as safetensors: what such a file says, checked before its numbers are read.

Its layout: https://github.com/huggingface/safetensors#format. The settings, without which nobody
knows what lies between two layers, stand in its metadata (core/runs/kept/files.py writes them).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import safetensors.torch
import torch
from torch import Tensor

from core.config import TrainingConfig
from core.model import outline

LONGEST_HEADER = 64 * 1_024  # bytes; that of a network has some 3,000
KINDS = {torch.float32: "F32", torch.int64: "I64"}  # as safetensors calls them
LOOKED_AT = 2**20  # numbers at once
NO_SETTINGS = (
    "it does not hold the settings of its network, and weights alone do not tell what lies between "
    "the layers. Take the .safetensors home again, or the .zip"
)


@dataclass(frozen=True)
class Header:
    """What the file says of itself: its tensors, its metadata, and how many bytes that took."""

    tensors: Mapping[str, Any]
    said: Mapping[str, str]
    length: int


def is_network_file(content: bytes) -> bool:
    """Whether it begins as such a file does: a number of eight bytes, then a table in JSON."""
    return content[8:9] == b"{" and content[4:8] == bytes(4)


def network_in(content: bytes) -> tuple[TrainingConfig, str, dict[str, Tensor]]:
    """Its settings, its name ("" where it has none) and its weights. Raises ValueError, or what
    nonsense in it raises."""
    header = header_of(content)
    if "config" not in header.said:
        raise ValueError(NO_SETTINGS)
    config = TrainingConfig.from_dict(json.loads(header.said["config"]))
    check_weights(content, config)
    return config, header.said.get("name", ""), safetensors.torch.load(content)


def header_of(content: bytes) -> Header:
    """Raises ValueError, or what nonsense in it raises."""
    length = int.from_bytes(content[:8], "little")
    if length > LONGEST_HEADER:
        most = f"and {LONGEST_HEADER:,} is the most"
        raise ValueError(f"the list of its weights should have {length:,} bytes, {most}")
    tensors = json.loads(content[8 : 8 + length])
    said = tensors.pop("__metadata__", {})
    return Header(tensors, said, 8 + length)


def check_weights(content: bytes, config: TrainingConfig) -> None:
    """Raise ValueError unless these are the weights of this network, and all of them numbers. No
    memory is taken for any before the header has told that they fit."""
    header = header_of(content)
    places = {name: each["data_offsets"] for name, each in header.tensors.items()}
    found = {
        name: (each["dtype"], tuple(each["shape"]), places[name][1] - places[name][0])
        for name, each in header.tensors.items()
    }
    expected = _expected(config)
    ends = [0, *(end for _, end in sorted(places.values()))]
    gapless = [begin for begin, _ in sorted(places.values())] == ends[:-1]
    if len(content) < header.length + ends[-1]:
        raise ValueError("its end is missing")
    if found != expected or not gapless or len(content) != header.length + ends[-1]:
        raise ValueError("the weights are not those of the network that its settings describe")
    for name, (kind, _, length) in expected.items():
        if kind == "F32":
            check_finite(content, header.length + places[name][0], length)


def _expected(config: TrainingConfig) -> dict[str, tuple[str, tuple[int, ...], int]]:
    """Of each tensor of this network its kind, shape and bytes; nothing is built for that."""
    return {
        name: (KINDS[each.dtype], tuple(each.shape), each.numel() * each.element_size())
        for name, each in outline(config).state_dict().items()
    }


def check_finite(content: bytes, begin: int, length: int) -> None:
    """Raise ValueError unless all float32 numbers in these bytes are finite."""
    numbers = np.frombuffer(content, "<f4", length // 4, begin)
    for place in range(0, len(numbers), LOOKED_AT):
        if not np.isfinite(numbers[place : place + LOOKED_AT]).all():
            raise ValueError("a weight in it is not a number")
