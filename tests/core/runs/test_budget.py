"""One budget for all runs: what goes, in which order, and what stays."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.runs import budget
from core.runs.budget import make_room


@dataclass(eq=False)
class Run:
    """Stands for a job."""

    unseen: float
    on_disk: int = 10
    in_memory: int = 10
    can_be_forgotten: bool = True
    cleared: bool = False

    def unseen_for(self) -> float:
        return self.unseen

    def clear_way_back(self) -> int:
        freed, self.on_disk, self.cleared = self.on_disk, 0, True
        return freed


@pytest.fixture(autouse=True)
def small_budget(monkeypatch):
    monkeypatch.setattr(budget, "WAYS_BACK", 30)
    monkeypatch.setattr(budget, "REMEMBERED", 30)


def test_within_the_budget_nothing_goes():
    runs = [Run(each) for each in (3, 1, 2)]
    assert make_room(runs) == []
    assert not any(each.cleared for each in runs)


def test_the_longest_unseen_goes_first_and_no_more_than_has_to():
    runs = [Run(each) for each in (1, 5, 2, 4, 3)]
    assert [each.unseen for each in make_room(runs)] == [5, 4]
    assert [each.unseen for each in runs if each.cleared] == [5, 4]
    assert sum(each.on_disk for each in runs) == 30


def test_disk_and_memory_are_counted_apart():
    runs = [Run(each, in_memory=0) for each in range(5)]
    assert make_room(runs) == []
    assert sum(each.cleared for each in runs) == 2
    runs = [Run(each, on_disk=0) for each in range(5)]
    assert len(make_room(runs)) == 2


def test_a_run_that_goes_on_or_is_nowhere_else_is_not_forgotten():
    runs = [Run(each, can_be_forgotten=each < 3) for each in range(5)]
    assert [each.unseen for each in make_room(runs)] == [2, 1]


def test_the_run_looked_at_last_keeps_what_it_has_however_large():
    large = Run(0, on_disk=1_000, in_memory=1_000)
    others = [Run(1), Run(2)]
    assert make_room([large, *others]) == [others[1], others[0]]
    assert not large.cleared
