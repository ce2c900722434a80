"""The rate of events: counted for each key apart, forgotten in time, in bounded memory."""

from __future__ import annotations

from core.room.limits import Rate


def test_no_more_than_so_many_in_so_many_seconds():
    rate = Rate(most=2, seconds=10)
    rate.count("a", now=0)
    assert rate.allows("a", now=1)
    rate.count("a", now=5)
    assert not rate.allows("a", now=9.9)
    assert rate.allows("b", now=9.9)
    assert rate.allows("a", now=10)  # the first is ten seconds old
    rate.count("a", now=10)
    assert not rate.allows("a", now=14.9)


def test_the_key_that_was_quiet_the_longest_is_forgotten():
    rate = Rate(most=1, seconds=1_000, keys=2)
    for now, key in enumerate("aba"):
        rate.count(key, now)
    rate.count("c", now=3)
    assert [rate.allows(key, now=4) for key in "abc"] == [False, True, False]
