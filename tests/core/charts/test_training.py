"""Series thinned, smoothed and put into charts, against naive loops and Plotly's own schema."""

from __future__ import annotations

import itertools
import json
import math

import numpy as np
import plotly.graph_objects as go
import pytest

from core.charts import training as figures

LARGEST_MESSAGE = 20_000  # bytes
LENGTHS = (1, 2, 5, 50, 399, 400, 401, 1_290, 12_345, 100_000, 1_000_000)


def wobbly(count: int, seed: int = 0) -> np.ndarray:
    """Numbers that fall like a loss, with noise: float32 (count,)."""
    noise = np.random.default_rng(seed).gamma(2.0, 0.5, count)
    return (noise * (0.1 + 2 / (1 + np.arange(count) / 100))).astype(np.float32)


def naive_smooth(values: np.ndarray, span: int) -> list[float]:
    """The definition of `smooth`, one place at a time."""
    means = []
    for end in range(1, len(values) + 1):
        window = [float(value) for value in values[max(0, end - span) : end]]
        window = [value for value in window if math.isfinite(value)]
        means.append(sum(window) / len(window) if window else math.nan)
    return means


# -- thin --------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", LENGTHS)
@pytest.mark.parametrize("limit", [4, 5, 80, 400])
def test_thin_keeps_ends_and_peaks_within_its_limit(count, limit):
    values = wobbly(count)
    at, kept = figures.thin(values, limit)
    assert at.dtype == np.int64 and kept.dtype == np.float32
    assert len(at) == len(kept) <= limit
    assert (np.diff(at) > 0).all()
    assert at[0] == 0 and at[-1] == count - 1
    assert (kept == values[at]).all()
    assert kept.min() == values.min() and kept.max() == values.max()


def test_thin_keeps_all_of_a_short_series():
    values = wobbly(400)
    at, kept = figures.thin(values, 400)
    assert at.tolist() == list(range(400)) and (kept == values).all()


@pytest.mark.parametrize("count", [401, 5_000, 98_765])
def test_thin_keeps_the_extremes_of_every_stretch(count):
    values, limit = wobbly(count), 100
    length = figures.stretch_length(count, (limit - 2) // 2)
    at, _ = figures.thin(values, limit)
    for start in range(0, count, length):
        stretch = values[start : start + length]
        assert start + int(stretch.argmin()) in at
        assert start + int(stretch.argmax()) in at


def test_thin_shows_a_peak_of_one_value_wherever_it_is():
    for place in (0, 1, 777, 54_321, 99_998, 99_999):
        values = np.ones(100_000, np.float32)
        values[place] = 9
        at, kept = figures.thin(values, 50)
        assert kept.max() == 9 and place in at


def test_thin_leaves_points_in_place_while_a_run_goes_on():
    values = wobbly(10_000)
    earlier, _ = figures.thin(values[:8_300], 400)
    later, _ = figures.thin(values[:8_900], 400)
    settled = earlier[earlier < 8_200]
    assert set(settled) <= set(later)


def test_thin_passes_over_what_is_not_finite_but_shows_a_gap():
    values = wobbly(10_000)
    values[100] = np.inf
    values[4_000:6_000] = np.nan
    values[9_999] = np.nan
    at, kept = figures.thin(values, 100)
    finite = values[np.isfinite(values)]
    assert np.nanmax(kept) == finite.max() and np.nanmin(kept) == finite.min()
    assert 100 not in at
    assert np.isnan(kept[(at >= 4_200) & (at < 5_800)]).all()
    assert np.isnan(kept[-1])


def test_thin_takes_a_series_without_any_number():
    at, kept = figures.thin(np.full(1_000, np.nan), 10)
    assert at[0] == 0 and at[-1] == 999 and np.isnan(kept).all()
    assert [len(part) for part in figures.thin(np.array([]), 10)] == [0, 0]


def test_thin_refuses_a_limit_that_cannot_keep_peaks():
    with pytest.raises(ValueError, match="limit is 3"):
        figures.thin(np.ones(10), 3)


@pytest.mark.parametrize("stretches", [1, 7, 199])
def test_stretches_are_as_short_as_their_few_lengths_allow(stretches):
    allowed = sorted({2**power for power in range(25)} | {3 * 2**power for power in range(25)})
    for count in range(1, 3_000, 7):
        length = figures.stretch_length(count, stretches)
        assert length == next(each for each in allowed if each * stretches >= count)


# -- smooth ------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 19, 20, 21, 40, 157])
@pytest.mark.parametrize("span", [1, 2, 3, 20, 1_000])
def test_smooth_is_the_mean_of_the_last_values(count, span):
    values = wobbly(count)
    values[count // 2] = np.nan
    np.testing.assert_allclose(
        figures.smooth(values, span), naive_smooth(values, span), rtol=1e-6, equal_nan=True
    )


def test_smooth_by_one_changes_nothing():
    values = wobbly(500)
    assert (figures.smooth(values, 1) == values).all()


def test_an_enormous_value_spoils_only_the_windows_that_it_lies_in():
    values = wobbly(1_000)
    spoiled = values.copy()
    spoiled[300] = 1e30
    expected, seen = figures.smooth(values, 20), figures.smooth(spoiled, 20)
    outside = np.r_[0:300, 320:1_000]
    assert (seen[outside] == expected[outside]).all()


def test_smooth_of_nothing_and_by_nothing():
    assert figures.smooth(np.array([]), 20).shape == (0,)
    with pytest.raises(ValueError, match="span is 0"):
        figures.smooth(np.ones(3), 0)


def test_smooth_thinned_is_smooth_for_short_runs():
    values = wobbly(200)
    at, means = figures.smooth_thinned(values, 20, 200)
    assert at.tolist() == list(range(200))
    assert (means == figures.smooth(values, 20)).all()


@pytest.mark.parametrize("span", [1, 20, 64, 1_000])
def test_smooth_thinned_averages_the_last_values_or_a_whole_stretch(span):
    values, limit = wobbly(10_007), 200
    at, means = figures.smooth_thinned(values, span, limit)
    length = figures.stretch_length(len(values), limit)
    assert length == 64 and len(at) <= limit
    assert at.tolist() == [*range(length - 1, len(values) - 1, length), len(values) - 1]
    starts = [max(0, end + 1 - span) if span >= length else end - end % length for end in at]
    expected = [values[start : end + 1].mean() for start, end in zip(starts, at, strict=True)]
    np.testing.assert_allclose(means, expected, rtol=1e-5)


def test_the_smoothed_line_says_over_how_many_iterations_it_is_averaged():
    def name(count: int, smoothing: int) -> str:
        chart = chart_of(count, smoothing=smoothing)
        return next(line["name"] for line in chart["data"] if line["uid"] == "smoothed")

    assert name(100, 1) == "not smoothed"
    assert name(1_290, 20) == "average of 20 batches"
    assert name(1_000_000, 20) == "average of 6,144 batches"


def test_smooth_thinned_leaves_out_what_is_not_finite():
    values = np.ones(10_000, np.float32)
    values[::2] = np.inf
    values[5_000:6_000] = np.nan
    _, means = figures.smooth_thinned(values, 20, 100)
    assert set(means[np.isfinite(means)].tolist()) == {1.0}
    assert np.isnan(means).any()


# -- charts ------------------------------------------------------------------------------------


def checks_of(count: int, epoch: int) -> list[tuple[int, float, float]]:
    return [(at, 1 / (1 + at), 1 - 1 / (2 + at)) for at in range(epoch, count + 1, epoch)]


def chart_of(count: int, epoch: int = 430, **settings: object) -> dict:
    return figures.training_chart(
        wobbly(count),
        checks_of(count, epoch),
        iterations_per_epoch=epoch,
        total_iterations=max(count, 1_290),
        **settings,
    )


@pytest.mark.parametrize("count", [0, *LENGTHS])
@pytest.mark.parametrize("epoch", [1, 430])
@pytest.mark.parametrize("log", [False, True])
def test_the_training_chart_is_small_and_plotly_takes_it(count, epoch, log):
    chart = chart_of(count, epoch, log=log)
    assert len(json.dumps(chart, allow_nan=False).encode()) <= LARGEST_MESSAGE
    figure = go.Figure(chart["data"], chart["layout"])  # raises on a name that Plotly lacks
    assert figure.layout.yaxis.type == ("log" if log else "linear")


def test_the_training_chart_shows_what_was_measured():
    losses = wobbly(300)
    chart = figures.training_chart(
        losses,
        [(100, 0.5, 0.9), (200, 0.4, 0.925), (300, 0.3, 0.951)],
        iterations_per_epoch=100,
        total_iterations=300,
        smoothing=10,
    )
    lines = {line["uid"]: line for line in chart["data"]}
    assert lines["loss"]["x"] == list(range(1, 301))
    np.testing.assert_allclose(lines["loss"]["y"], losses, rtol=1e-3)
    assert lines["smoothed"]["x"][-1] == 300
    assert lines["smoothed"]["y"][-1] == pytest.approx(losses[-10:].mean(), rel=1e-3)
    assert lines["validation loss"]["x"] == [100, 200, 300]
    assert lines["validation loss"]["y"] == [0.5, 0.4, 0.3]
    assert lines["validation accuracy"]["y"] == [90.0, 92.5, 95.1]


def test_iterations_are_not_rounded():
    chart = figures.training_chart(
        wobbly(123_456),
        [(123_453, 0.123456, 0.987654)],
        iterations_per_epoch=123_453,
        total_iterations=200_000,
    )
    lines = {line["uid"]: line for line in chart["data"]}
    assert lines["loss"]["x"][-1] == lines["smoothed"]["x"][-1] == 123_456
    assert lines["validation loss"]["x"] == lines["validation accuracy"]["x"] == [123_453]
    assert lines["validation loss"]["y"] == [0.1235] and lines["validation accuracy"]["y"] == [
        98.77
    ]


def test_the_state_in_words():
    losses = np.full(430, 0.35, np.float32)
    losses[-1] = 0.31
    settings = {"iterations_per_epoch": 430, "total_iterations": 1_290, "validation_images": 5_000}
    chart = figures.training_chart(losses, [(430, 0.3, 0.931)], **settings)
    assert chart["alt"] == (
        "Iteration 430 of 1,290. Loss 0.31, smoothed 0.35. "
        "Validation accuracy 93.1 % on 5,000 images."
    )
    assert figures.training_chart(losses[:0], [], **settings)["alt"] == (
        "Chart of the loss. No iteration of 1,290 done yet."
    )


def test_an_empty_panel_says_what_to_expect():
    def remarks(losses: int, checks: int) -> list[str]:
        chart = figures.training_chart(
            np.ones(losses, np.float32),
            checks_of(checks, 1),
            iterations_per_epoch=100,
            total_iterations=90,
        )
        return [each["text"] for each in chart["layout"]["annotations"] if each["x"] == 0.5]

    epoch_end = "measured at the end of each epoch"
    assert remarks(0, 0) == ["waiting for the first batch", epoch_end]
    assert remarks(3, 0) == [epoch_end]
    assert remarks(3, 3) == []


@pytest.mark.parametrize("log", [False, True])
def test_a_loss_that_is_not_a_number_is_a_gap(log):
    losses = np.array([2.0, 0.0, np.inf, np.nan, 1.0], np.float32)
    chart = figures.training_chart(
        losses, [], iterations_per_epoch=5, total_iterations=5, smoothing=1, log=log
    )
    assert chart["data"][0]["y"] == [2.0, None if log else 0.0, None, None, 1.0]


def test_epoch_marks_are_few_and_evenly_spaced():
    for epochs in range(1, 2_000):
        marks = figures.epoch_marks(430, 430 * epochs)
        assert 1 <= len(marks) <= figures.EPOCH_MARKS
        assert marks == list(range(marks[0], epochs + 1, marks[0]))
        assert str(marks[0]).rstrip("0") in {"1", "2", "5"}
    assert figures.epoch_marks(430, 429) == []


def test_the_axis_grows_in_steps_and_stops_at_the_end_of_the_run():
    ends = [figures.axis_end(iteration, 1_290) for iteration in range(1_291)]
    assert set(ends) == {50, 100, 200, 400, 800, 1_290}
    assert all(end >= iteration for iteration, end in enumerate(ends))
    assert figures.axis_end(0, 3) == 3 and figures.axis_end(7, 5) == 7


@pytest.mark.parametrize("count", [0, 1, 60, 5_000])
def test_the_probability_chart_is_small_and_plotly_takes_it(count):
    shares = np.random.default_rng(0).dirichlet(np.ones(10), count)
    at = np.arange(count) * 1_000 + 1
    chart = figures.probability_chart(at, shares, total_iterations=5_000_000)
    assert len(json.dumps(chart, allow_nan=False).encode()) <= LARGEST_MESSAGE
    go.Figure(chart["data"], chart["layout"])
    lines = [line for line in chart["data"] if line["uid"].startswith("digit")]
    assert [line["name"] for line in lines] == list("0123456789")
    if count == 60:
        np.testing.assert_allclose([line["y"] for line in lines], 100 * shares.T, atol=0.051)


def test_the_likely_digits_are_named_where_their_lines_end():
    shares = np.array([[0.5, 0.02, 0.28, 0.2, 0, 0, 0, 0, 0, 0]])
    chart = figures.probability_chart([430], shares, total_iterations=1_290)
    labels = [label for label in chart["layout"]["annotations"] if label.get("x") == 430]
    assert [label["text"] for label in labels] == ["<b>0</b>", "<b>2</b>"]  # 3 would cover the 2
    assert chart["alt"] == (
        "After iteration 430 the network takes this drawing for a 0 with 50 %, for a 2 with 28 %."
    )


# -- colours -----------------------------------------------------------------------------------

# Machado, Oliveira and Fernandes (2009): how colours look with one kind of cone missing.
VISIONS = {
    "usual": np.eye(3),
    "without red": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "without green": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "without blue": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour: str) -> np.ndarray:
    """`#RRGGBB` as linear light, (3,) in [0, 1]."""
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted(float(TO_XYZ[1] @ linear(each)) for each in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def lab(light: np.ndarray) -> np.ndarray:
    """Linear light as CIE L*a*b*, where a distance of about 2 can just be seen."""
    xyz = TO_XYZ @ np.clip(light, 0, 1) / [0.9505, 1, 1.089]
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("background", ["#FFFFFF", "#0E1117", "#181715"])
def test_every_colour_can_be_seen_on_light_and_dark(background):
    assert min(contrast(colour, background) for colour in figures.PALETTE.values()) >= 3


def test_no_two_digits_look_alike_to_anyone():
    assert len(figures.DIGIT_COLORS) == len(figures.DIGIT_DASHES) == 10
    for one, other in itertools.combinations(range(10), 2):
        if figures.DIGIT_DASHES[one] == figures.DIGIT_DASHES[other]:
            lights = linear(figures.DIGIT_COLORS[one]), linear(figures.DIGIT_COLORS[other])
            for vision in VISIONS.values():
                first, second = (lab(np.array(vision) @ light) for light in lights)
                assert np.linalg.norm(first - second) > 20
