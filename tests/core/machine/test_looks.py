"""Pages look less often, the more of them look, and as often as before when they are gone."""

import pytest

from core.machine import looks
from core.machine.looks import GONE, LONGEST, MOST, Looks

EVERY = 0.4  # seconds


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(looks.time, "monotonic", lambda: now[0])
    return now


def intervals(counted: Looks, people: int) -> list[float]:
    return [counted.interval(who, EVERY) for who in range(people)]


def test_few_look_as_often_as_they_would(clock):
    assert intervals(Looks(), int(MOST * EVERY)) == [EVERY] * 8


@pytest.mark.parametrize("people", [9, 15, 30, 60])
def test_many_together_keep_to_the_most_looks_a_second(clock, people):
    counted = Looks()
    intervals(counted, people)
    (seconds,) = set(intervals(counted, people))
    assert MOST / 2 < people / seconds <= MOST


def test_nobody_waits_for_longer_than_the_longest(clock):
    assert max(intervals(Looks(), 1_000)) == LONGEST


def test_who_would_look_seldom_counts_for_less(clock):
    counted = Looks()
    assert {counted.interval(who, 2.0) for who in range(30)} == {2.0}


def test_it_does_not_change_to_and_fro_where_one_comes_and_goes(clock):
    counted = Looks()
    intervals(counted, 9)
    for _ in range(2):  # the ninth no longer looks
        clock[0] += GONE / 2
        assert set(intervals(counted, 8)) == {2 * EVERY}


def test_when_the_others_are_gone_one_looks_as_often_as_before(clock):
    counted = Looks()
    intervals(counted, 30)
    clock[0] += GONE
    assert counted.interval("the last", EVERY) == EVERY
