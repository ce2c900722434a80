"""The live chart of a run, against what was measured and Plotly's own schema."""

from __future__ import annotations

import json
import re

import numpy as np
import plotly.graph_objects as go
import pytest

from core.charts.training import training_chart
from tests.chart_series import LARGEST_MESSAGE, LENGTHS, wobbly


def checks_of(count: int, epoch: int) -> list[tuple[int, float, float]]:
    return [(at, 1 / (1 + at), 1 - 1 / (2 + at)) for at in range(epoch, count + 1, epoch)]


def chart_of(count: int, epoch: int = 430, total: int = 1_290, **settings: object) -> dict:
    return training_chart(
        wobbly(count),
        checks_of(count, epoch),
        iterations_per_epoch=epoch,
        total_iterations=max(count, total),
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
    chart = training_chart(
        losses,
        [(100, 0.5, 0.9), (200, 0.4, 0.925), (300, 0.3, 0.951)],
        iterations_per_epoch=100,
        total_iterations=300,
        smoothing=10,
    )
    lines = {line["uid"]: line for line in chart["data"]}
    assert lines["loss"]["x"] == list(range(1, 301))
    np.testing.assert_allclose(lines["loss"]["y"], losses, rtol=1e-3)
    assert lines["smoothed"]["x"][-1] == 295.5  # the middle of the last ten
    assert lines["smoothed"]["y"][-1] == pytest.approx(losses[-10:].mean(), rel=1e-3)
    assert lines["validation-loss"]["x"] == [100, 200, 300]
    assert lines["validation-loss"]["y"] == [0.5, 0.4, 0.3]
    assert lines["validation-accuracy"]["y"] == [90.0, 92.5, 95.1]


def test_iterations_are_not_rounded():
    chart = training_chart(
        wobbly(123_456),
        [(123_453, 0.123456, 0.987654)],
        iterations_per_epoch=123_453,
        total_iterations=200_000,
    )
    lines = {line["uid"]: line for line in chart["data"]}
    assert lines["loss"]["x"][-1] == 123_456
    assert lines["smoothed"]["x"][-1] > 123_000
    assert lines["validation-loss"]["x"] == lines["validation-accuracy"]["x"] == [123_453]
    assert lines["validation-loss"]["y"] == [0.1235] and lines["validation-accuracy"]["y"] == [
        98.77
    ]


def test_the_state_in_words():
    losses = np.full(430, 0.35, np.float32)
    losses[-1] = 0.31
    settings = {"iterations_per_epoch": 430, "total_iterations": 1_290, "validation_images": 5_000}
    chart = training_chart(losses, [(430, 0.3, 0.931)], **settings)
    assert chart["alt"] == (
        "Iteration 430 of 1,290. Loss 0.31, smoothed 0.35. Practice exam 93.1 % on 5,000 images."
    )
    assert training_chart(losses[:0], [], **settings)["alt"] == (
        "Chart of the loss. No iteration of 1,290 done yet."
    )
    nothing = {"iterations_per_epoch": 1, "total_iterations": 0}  # before any run
    assert training_chart(losses[:0], [], **nothing)["alt"] == (
        "Chart of the loss. No iteration done yet."
    )


def test_a_mark_is_one_line_with_its_words_in_the_upper_panel():
    settings = {"iterations_per_epoch": 100, "total_iterations": 100}
    losses = np.ones(50, np.float32)
    plain = training_chart(losses, [], **settings)["layout"]
    marked = training_chart(losses, [], mark=(33, "yours: 9"), **settings)["layout"]
    (line,) = [each for each in marked["shapes"] if each not in plain["shapes"]]
    (words,) = [each for each in marked["annotations"] if each not in plain["annotations"]]
    assert (line["x0"], line["x1"], line["yref"]) == (33, 33, "y domain")
    assert (words["x"], words["text"]) == (33, "yours: 9")


@pytest.mark.parametrize("log", [False, True])
def test_the_loss_of_who_only_guesses_is_a_line_in_the_upper_panel(log):
    layout = chart_of(100, log=log)["layout"]
    (line,) = [each for each in layout["shapes"] if each["y0"] == each["y1"]]
    (words,) = [each for each in layout["annotations"] if "2.3: only guess" in each["text"]]
    assert line["y0"] == pytest.approx(2.3026, abs=1e-4)
    assert (10 ** words["y"] if log else words["y"]) == pytest.approx(line["y0"])


def test_an_empty_panel_says_what_to_expect():
    def remarks(losses: int, checks: int) -> list[str]:
        chart = training_chart(
            np.ones(losses, np.float32),
            checks_of(checks, 1),
            iterations_per_epoch=100,
            total_iterations=90,
        )
        return [each["text"] for each in chart["layout"]["annotations"] if each["x"] == 0.5]

    epoch_end = "at the end of each epoch"
    assert remarks(0, 0) == ["each batch adds a point", epoch_end]
    assert remarks(3, 0) == [epoch_end]
    assert remarks(3, 3) == []


@pytest.mark.parametrize("log", [False, True])
def test_a_loss_that_is_not_a_number_is_a_gap(log):
    losses = np.array([2.0, 0.0, np.inf, np.nan, 1.0], np.float32)
    chart = training_chart(
        losses, [], iterations_per_epoch=5, total_iterations=5, smoothing=1, log=log
    )
    assert chart["data"][0]["y"] == [2.0, None if log else 0.0, None, None, 1.0]


def test_the_smoothed_line_says_over_how_many_iterations_it_is_averaged():
    def name(count: int, smoothing: int, total: int = 1_290) -> str:
        chart = chart_of(count, smoothing=smoothing, total=total)
        return next(line["name"] for line in chart["data"] if line["uid"] == "smoothed")

    assert name(100, 1) == "not smoothed"
    assert name(1, 20) == "not smoothed"  # there is no average yet
    assert name(70, 20) == "average of 20 batches"
    assert name(30, 20, total=72) == name(72, 20, total=72) == "average of 7 batches"
    assert name(1_290, 20) == "average of 20 batches"
    assert name(1_000_000, 20) == "average of 6,144 batches"


def labels(chart: dict) -> dict[str, dict]:
    """What stands beside the lines, by its words without their marks."""
    plain = re.compile("<[^>]*>")
    return {plain.sub("", each["text"]): each for each in chart["layout"]["annotations"]}


def names(losses: np.ndarray, checks: list, **settings: object) -> list[tuple[str, float]]:
    """What stands in the margin beside the losses, and how high."""
    epochs = {"iterations_per_epoch": 100, "total_iterations": 100}
    chart = training_chart(losses, checks, **epochs, **settings)
    (found,) = [line for line in chart["data"] if line["uid"] == "names"]
    assert set(found["x"]) <= {100}
    words = [re.sub("<[^>]*>|[\u2002\u2003]", "|", each).strip("|") for each in found["text"]]
    return list(zip(words, found["y"], strict=True))


@pytest.mark.parametrize("log", [False, True])
def test_the_lines_have_their_names_and_newest_losses_beside_them(log):
    falling, settings = np.linspace(2.3, 0.1, 100, np.float32), {"smoothing": 1, "log": log}
    (learns, low), (practice, high) = names(falling, [(100, 2.1, 0.2)], **settings)
    assert (learns, practice) == (
        "━| while it learns||||0.10",
        "◆| practice exam||||2.10",
    )
    assert (low, high) == (pytest.approx(0.1), pytest.approx(2.1))
    (_, low), (_, high) = names(falling, [(100, 0.11, 0.9)], **settings)  # pushed apart
    assert low == pytest.approx(0.1)
    assert high > (0.5 if log else 0.6)
    ((learns, _),) = names(falling, [], log=log)
    assert learns.endswith("||thick: average|||thin: each batch")


def test_no_name_is_pushed_out_of_the_chart():
    (_, low), (_, high) = names(np.full(100, 2.1, np.float32), [(100, 2.2, 0.2)])
    assert (low, high) == (pytest.approx(1.375), pytest.approx(2.125))


def test_what_has_no_loss_has_no_name():
    assert names(np.array([np.nan, np.inf], np.float32), []) == []
    assert names(np.zeros(0, np.float32), []) == []


def test_the_newest_practice_exam_is_written_in_the_margin():
    settings = {"iterations_per_epoch": 100, "total_iterations": 300, "validation_images": 5_000}
    chart = training_chart(wobbly(300), [(100, 0.5, 0.9), (200, 0.4, 0.925)], **settings)
    exams, name = (line for line in chart["data"] if "accuracy" in line["uid"])
    assert (exams["x"], exams["y"]) == ([100, 200], [90, 92.5])
    assert (name["x"], name["y"]) == ([300], [92.5])
    assert name["text"] == ["\u2002<b>92.5 %</b> right<br>\u2002of 5,000"]


def test_the_axes_stay_as_they_are_while_a_run_goes_on():
    def ranges(count: int, **settings: object) -> list[tuple[float, float]]:
        losses = np.linspace(2.3, 0.1, count, dtype=np.float32)
        epochs = {"iterations_per_epoch": 430, "total_iterations": 1_290}
        layout = training_chart(losses, checks_of(count, 430), **epochs, **settings)["layout"]
        limits = [layout[name]["autorangeoptions"] for name in ("yaxis", "yaxis2")]
        return [(each["minallowed"], each["maxallowed"]) for each in limits]

    assert ranges(10) == ranges(1_290) == [(0, 2.5), (0, 100)]
    assert ranges(1_290, top_tenth=True) == [(0, 2.5), (90, 100)]
    assert chart_of(0)["layout"]["yaxis"]["range"] == [0, 2.5]
    high = training_chart(np.array([9.0, np.inf]), [], iterations_per_epoch=5, total_iterations=5)[
        "layout"
    ]["yaxis"]
    assert high["autorangeoptions"]["maxallowed"] == pytest.approx(9.45)


def test_in_the_top_tenth_what_lies_below_is_out_of_sight():
    settings = {"iterations_per_epoch": 1, "total_iterations": 1, "top_tenth": True}
    chart = training_chart(np.ones(1, np.float32), [(1, 0.5, 0.62)], **settings)
    accuracy, name = (line for line in chart["data"] if "accuracy" in line["uid"])
    assert accuracy["cliponaxis"] is True
    assert name["text"] == []
