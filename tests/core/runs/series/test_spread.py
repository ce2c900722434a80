"""Means, spreads and differences, against sums by hand and against textbook tables."""

from __future__ import annotations

import pytest

from core.runs.series.spread import difference, spread_of


def test_spread_of_four_scores_by_hand():
    found = spread_of([0.90, 0.92, 0.94, 0.96])
    assert found.mean == pytest.approx(0.93)
    assert (found.low, found.high) == (0.90, 0.96)
    assert found.deviation == pytest.approx((0.002 / 3) ** 0.5)
    reach = 3.182 * found.deviation / 2  # Student's t for 3 degrees of freedom, from a table
    assert found.interval == pytest.approx((0.93 - reach, 0.93 + reach), abs=1e-5)


def test_one_score_has_no_spread_and_shows_no_difference():
    assert spread_of([0.9]) is None
    assert spread_of([]) is None
    assert difference([0.9], [0.8, 0.7]) is None


def test_a_difference_is_called_one_only_where_chance_seldom_gives_it():
    clear = difference([0.97, 0.972, 0.971, 0.969], [0.95, 0.96, 0.94, 0.951])
    assert clear.better == 0
    assert clear.mean == pytest.approx(0.9705 - 0.95025)
    assert clear.interval[0] > 0
    assert difference([0.95, 0.96, 0.94, 0.951], [0.97, 0.972, 0.971, 0.969]).better == 1
    close = difference([0.97, 0.95, 0.96], [0.96, 0.955, 0.95])
    assert close.better is None
    assert close.interval[0] < 0 < close.interval[1]


def test_welch_by_hand():
    """Variances 1 and 4, three values each: t = 3 / sqrt(1/3 + 4/3), about 2.94 degrees."""
    found = difference([4, 5, 6], [0, 2, 4])
    t, degrees = 3 / (5 / 3) ** 0.5, (5 / 3) ** 2 / ((1 / 3) ** 2 / 2 + (4 / 3) ** 2 / 2)
    assert (t, degrees) == (pytest.approx(2.324, abs=1e-3), pytest.approx(2.941, abs=1e-3))
    assert 0.1 < found.chance < 0.11
    assert found.better is None


def test_scores_without_any_spread_are_compared_as_they_are():
    assert difference([0.5, 0.5], [0.5, 0.5]).better is None
    assert difference([0.5, 0.5], [0.4, 0.4]).better == 0
