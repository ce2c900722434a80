"""What is remembered: by name, the longest unused goes first, within a number and a size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
import torch
from torch import nn

from core.machine import kept
from core.machine.kept import Kept, bytes_of


@dataclass
class Result:
    scores: np.ndarray
    name: str = ""


def test_the_longest_unused_goes_when_there_are_too_many():
    results = Kept(2)
    for name in "abc":
        results.keep(name, name)
        results.get("a")
    assert [results.get(name) for name in "abc"] == ["a", None, "c"]


def test_the_longest_unused_goes_when_they_are_too_large(monkeypatch):
    monkeypatch.setattr(kept, "KEPT_BYTES", 100)
    results = Kept()
    for name in "abc":
        results.keep(name, np.zeros(40, np.uint8))
    assert [results.get(name) is not None for name in "abc"] == [False, True, True]
    results.keep("d", np.zeros(1_000, np.uint8))  # the newest stays, whatever its size
    assert [results.get(name) is not None for name in "bcd"] == [False, False, True]


def test_what_two_results_share_counts_once(monkeypatch):
    monkeypatch.setattr(kept, "KEPT_BYTES", 100)
    digits = torch.zeros(80, dtype=torch.uint8)
    results = Kept()
    for number in range(5):
        results.keep(number, Result(digits[number:].numpy()))
    assert all(results.get(number) for number in range(5))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, 0),
        (7, 0),
        ("four", 4),
        (b"12345", 5),
        (np.zeros((2, 3), np.float32), 24),
        (np.zeros((2, 3), np.float32)[:1], 24),  # a part keeps the whole in memory
        (torch.zeros(3), 12),
        ({"a": np.zeros(3, np.uint8), "b": [np.zeros(4, np.uint8)]}, 7),
        (Result(np.zeros(5, np.uint8), "two"), 8),
        (nn.Linear(3, 2), 4 * (3 * 2 + 2)),
    ],
)
def test_bytes_are_those_of_arrays_tensors_and_texts(value, expected):
    found = bytes_of(value, set())
    names = len("weight") + len("bias")  # a network holds a few texts of its own
    assert expected <= found <= expected + (names if isinstance(value, nn.Module) else 0)


def test_what_holds_itself_has_an_end():
    knot: list = [np.zeros(9, np.uint8)]
    knot.append(knot)
    assert bytes_of(knot, set()) == 9
