"""Which moments of a run are remembered."""

import itertools

import pytest
import torch
from torch import nn

from core.runs import moments as rewind
from core.runs.moments import MOST_MOMENTS, Moments, moments


@pytest.mark.parametrize("total", [1, 2, 62, 63, 64, 65, 1_290, 21_500, 6_000_000])
def test_few_enough_from_the_first_to_the_last_dense_then_sparse(total):
    chosen = moments(total)
    assert len(chosen) <= MOST_MOMENTS
    assert len(chosen) >= min(total + 1, MOST_MOMENTS // 2)
    assert (chosen[0], chosen[-1]) == (0, total)
    gaps = [after - before for before, after in itertools.pairwise(chosen)]
    assert min(gaps) > 0
    # dense at first, then sparse; rounding makes neighbours differ a little
    assert gaps[0] == 1
    assert sum(gaps[: len(gaps) // 2]) <= sum(gaps[len(gaps) // 2 :])


def test_no_way_back_with_less_than_two_moments():
    assert moments(100, 1) == []


def test_memory_is_bounded(monkeypatch):
    model = nn.Linear(100, 10)  # 4,040 bytes
    monkeypatch.setattr(rewind, "MOST_BYTES", 5 * 4_040)
    kept = Moments(model, 1_000)
    for iteration in range(1_001):
        kept.offer(iteration, model)
    assert len(kept.taken) == 5
    monkeypatch.setattr(rewind, "MOST_BYTES", 4_040)
    none = Moments(model, 1_000)
    none.offer(0, model)
    assert none.taken == []


def test_a_moment_is_a_copy():
    model = nn.Linear(2, 2)
    kept = Moments(model, 1)
    kept.offer(0, model)
    before = model.weight.detach().clone()
    with torch.no_grad():
        model.weight += 1
    assert torch.equal(kept.taken[0].weights["weight"], before)
