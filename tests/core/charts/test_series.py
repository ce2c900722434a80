"""Series thinned and smoothed, against naive loops."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.charts.series import smooth, smooth_thinned, stretch_length, thin
from tests.chart_series import LENGTHS, wobbly


def naive_smooth(values: np.ndarray, span: int) -> list[float]:
    """The definition of `smooth`, one place at a time."""
    means = []
    for end in range(1, len(values) + 1):
        window = [float(value) for value in values[max(0, end - span) : end]]
        window = [value for value in window if math.isfinite(value)]
        means.append(sum(window) / len(window) if window else math.nan)
    return means


@pytest.mark.parametrize("count", LENGTHS)
@pytest.mark.parametrize("limit", [4, 5, 80, 400])
def test_thin_keeps_ends_and_peaks_within_its_limit(count, limit):
    values = wobbly(count)
    at, kept = thin(values, limit)
    assert at.dtype == np.int64 and kept.dtype == np.float32
    assert len(at) == len(kept) <= limit
    assert (np.diff(at) > 0).all()
    assert at[0] == 0 and at[-1] == count - 1
    assert (kept == values[at]).all()
    assert kept.min() == values.min() and kept.max() == values.max()


def test_thin_keeps_all_of_a_short_series():
    values = wobbly(400)
    at, kept = thin(values, 400)
    assert at.tolist() == list(range(400)) and (kept == values).all()


@pytest.mark.parametrize("count", [401, 5_000, 98_765])
def test_thin_keeps_the_extremes_of_every_stretch(count):
    values, limit = wobbly(count), 100
    length = stretch_length(count, (limit - 2) // 2)
    at, _ = thin(values, limit)
    for start in range(0, count, length):
        stretch = values[start : start + length]
        assert start + int(stretch.argmin()) in at
        assert start + int(stretch.argmax()) in at


def test_thin_shows_a_peak_of_one_value_wherever_it_is():
    for place in (0, 1, 777, 54_321, 99_998, 99_999):
        values = np.ones(100_000, np.float32)
        values[place] = 9
        at, kept = thin(values, 50)
        assert kept.max() == 9 and place in at


def test_thin_leaves_points_in_place_while_a_run_goes_on():
    values = wobbly(10_000)
    earlier, _ = thin(values[:8_300], 400)
    later, _ = thin(values[:8_900], 400)
    settled = earlier[earlier < 8_200]
    assert set(settled) <= set(later)


def test_thin_passes_over_what_is_not_finite_but_shows_a_gap():
    values = wobbly(10_000)
    values[100] = np.inf
    values[4_000:6_000] = np.nan
    values[9_999] = np.nan
    at, kept = thin(values, 100)
    finite = values[np.isfinite(values)]
    assert np.nanmax(kept) == finite.max() and np.nanmin(kept) == finite.min()
    assert 100 not in at
    assert np.isnan(kept[(at >= 4_200) & (at < 5_800)]).all()
    assert np.isnan(kept[-1])


def test_thin_takes_a_series_without_any_number():
    at, kept = thin(np.full(1_000, np.nan), 10)
    assert at[0] == 0 and at[-1] == 999 and np.isnan(kept).all()
    assert [len(part) for part in thin(np.array([]), 10)] == [0, 0]


def test_thin_refuses_a_limit_that_cannot_keep_peaks():
    with pytest.raises(ValueError, match="limit is 3"):
        thin(np.ones(10), 3)


@pytest.mark.parametrize("stretches", [1, 7, 199])
def test_stretches_are_as_short_as_their_few_lengths_allow(stretches):
    allowed = sorted({2**power for power in range(25)} | {3 * 2**power for power in range(25)})
    for count in range(1, 3_000, 7):
        length = stretch_length(count, stretches)
        assert length == next(each for each in allowed if each * stretches >= count)


@pytest.mark.parametrize("count", [1, 2, 19, 20, 21, 40, 157])
@pytest.mark.parametrize("span", [1, 2, 3, 20, 1_000])
def test_smooth_is_the_mean_of_the_last_values(count, span):
    values = wobbly(count)
    values[count // 2] = np.nan
    np.testing.assert_allclose(
        smooth(values, span), naive_smooth(values, span), rtol=1e-6, equal_nan=True
    )


def test_smooth_by_one_changes_nothing():
    values = wobbly(500)
    assert (smooth(values, 1) == values).all()


def test_an_enormous_value_spoils_only_the_windows_that_it_lies_in():
    values = wobbly(1_000)
    spoiled = values.copy()
    spoiled[300] = 1e30
    expected, seen = smooth(values, 20), smooth(spoiled, 20)
    outside = np.r_[0:300, 320:1_000]
    assert (seen[outside] == expected[outside]).all()


def test_smooth_of_nothing_and_by_nothing():
    assert smooth(np.array([]), 20).shape == (0,)
    with pytest.raises(ValueError, match="span is 0"):
        smooth(np.ones(3), 0)


def test_smooth_thinned_is_smooth_for_short_runs():
    values = wobbly(200)
    at, means = smooth_thinned(values, 20, 200)
    assert at.tolist() == list(range(200))
    assert (means == smooth(values, 20)).all()


@pytest.mark.parametrize("span", [1, 20, 64, 1_000])
def test_smooth_thinned_averages_the_last_values_or_a_whole_stretch(span):
    values, limit = wobbly(10_007), 200
    at, means = smooth_thinned(values, span, limit)
    length = stretch_length(len(values), limit)
    assert length == 64 and len(at) <= limit
    assert at.tolist() == [*range(length - 1, len(values) - 1, length), len(values) - 1]
    starts = [max(0, end + 1 - span) if span >= length else end - end % length for end in at]
    expected = [values[start : end + 1].mean() for start, end in zip(starts, at, strict=True)]
    np.testing.assert_allclose(means, expected, rtol=1e-5)


def test_smooth_thinned_leaves_out_what_is_not_finite():
    values = np.ones(10_000, np.float32)
    values[::2] = np.inf
    values[5_000:6_000] = np.nan
    _, means = smooth_thinned(values, 20, 100)
    assert set(means[np.isfinite(means)].tolist()) == {1.0}
    assert np.isnan(means).any()
