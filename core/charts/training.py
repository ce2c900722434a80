"""Arrays in, charts out: what a live chart of a run shows, as small dictionaries in Plotly's terms.

It thins and smooths long series so that a chart of a million iterations is as quick and as small
as one of a thousand, and it keeps the colours in one place. It measures nothing, draws nothing and
knows no screen: `pages/ui/widgets/live_plot.py` puts the charts on a page.

A chart is a dictionary that JSON can carry, never more than 20 KB however long the run:
`data` and `layout` as Plotly knows them, `alt` (the state in words), `name` (of a saved picture).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np

# The colours of Okabe and Ito (https://jfly.uni-koeln.de/color/), made for every kind of colour
# vision, and three more for the digits. Orange, sky blue and yellow are darkened: each colour has a
# contrast of at least 3 to 1 against a white page and a dark one, as WCAG 2.2 (1.4.11) asks.
PALETTE = {
    "blue": "#0072B2",
    "orange": "#C58700",
    "bluish green": "#009E73",
    "reddish purple": "#CC79A7",
    "vermillion": "#D55E00",
    "sky blue": "#499CCA",
    "yellow": "#9E9628",
    "grey": "#808080",
    "brown": "#8B5E3C",
    "violet": "#8E6BBF",
}

# One colour for each digit. Ten are too many to tell by colour alone, so each line has a dash as
# well: two digits that share a dash differ in colour for every kind of colour vision.
DIGIT_COLORS = tuple(PALETTE.values())
DIGIT_DASHES = (
    *("solid", "solid", "longdash", "dash", "dash"),
    *("dot", "dot", "dashdot", "dashdot", "longdash"),
)

FEW = 30  # so few losses are points as well: one alone makes no line
LOSS_POINTS = 400  # for the loss of each iteration: about one for every two pixels of a page
SMOOTHED_POINTS = 200  # a smoothed line has no peaks that would need more
VALIDATION_POINTS = 60  # for each of validation loss and accuracy
PROBABILITY_POINTS = 80  # for each of ten lines
EPOCH_MARKS = 6  # the most that a phone has room for
SIGNIFICANT_DIGITS = 4


def thin(values: np.ndarray, limit: int) -> tuple[np.ndarray, np.ndarray]:
    """Choose at most `limit` of `values`, (N,), so that a line through them looks the same.

    Returns their positions, int64 (M,), rising, and the values there, float32 (M,). M <= limit;
    all are kept when N <= limit. Otherwise the smallest and the largest of each stretch of equal
    length are kept, so no peak vanishes, and the first and the last value always. The stretches
    start at 0 and grow in few steps, so that points once drawn stay where they are while a run
    goes on. Values that are not finite are passed over, except in a stretch that has no others:
    there one stays, as a gap in the line. Raises ValueError for a limit below 4.
    """
    if limit < 4:
        raise ValueError(f"limit is {limit}; to keep peaks it must be 4 or more")
    values = np.asarray(values, dtype=np.float32)
    count = len(values)
    if count <= limit:
        return np.arange(count), values
    length = stretch_length(count, (limit - 2) // 2)
    whole = count - count % length
    chosen = [[0, count - 1], extremes(values[:whole], length)]
    if whole < count:
        chosen.append(whole + extremes(values[whole:], count - whole))
    positions = np.unique(np.concatenate(chosen))
    return positions, values[positions]


def extremes(values: np.ndarray, length: int) -> np.ndarray:
    """Where the smallest and the largest finite value of each stretch of `length` values lie."""
    table = values.reshape(-1, length)
    finite = np.isfinite(table)
    low, high = table, table
    if not finite.all():
        low, high = np.where(finite, table, np.inf), np.where(finite, table, -np.inf)
    starts = np.arange(len(table)) * length
    return np.concatenate([starts + low.argmin(axis=1), starts + high.argmax(axis=1)])


def stretch_length(count: int, stretches: int) -> int:
    """The least length out of 1, 2, 3, 4, 6, 8, 12, … that cuts `count` values into `stretches`."""
    needed = math.ceil(count / stretches)
    power = 1 << max(0, needed - 1).bit_length()
    return power * 3 // 4 if power >= 4 and power * 3 // 4 >= needed else power


def smooth(values: np.ndarray, span: int) -> np.ndarray:
    """At each place the mean of the last `span` values, (N,) to float32 (N,); 1 changes nothing.

    Near the start it is the mean of the values there are. Values that are not finite are left
    out; where a whole window has no others the mean is NaN. Raises ValueError for a span below 1.
    """
    if span < 1:
        raise ValueError(f"span is {span}; it must be 1 or more")
    values = np.asarray(values, dtype=np.float32)
    finite = np.isfinite(values)
    if finite.all():
        counts = np.minimum(np.arange(1, len(values) + 1), span)
        return (window_sums(values, span) / counts).astype(np.float32)
    counts = window_sums(finite, span)
    sums = window_sums(np.where(finite, values, 0), span)
    means = np.divide(sums, counts, out=np.full(len(values), np.nan), where=counts > 0)
    return means.astype(np.float32)


def window_sums(values: np.ndarray, span: int) -> np.ndarray:
    """The sum of the last `span` values at each place, in one pass however long the span.

    Cut into blocks of `span`, each window is the end of one block and the beginning of the next.
    Unlike the difference of two running totals, nothing is subtracted: one enormous value spoils
    only the windows that it lies in. (The idea is van Herk's and Gil and Werman's, 1992, for
    running maxima.)
    """
    count = len(values)
    span = max(1, min(span, count))
    blocks = np.zeros((math.ceil(count / span), span))
    blocks.ravel()[:count] = values
    sums = blocks.cumsum(axis=1).ravel()
    ends = blocks[:, ::-1].cumsum(axis=1)[:, ::-1]
    ends[:, 0] = 0.0  # a window that is one whole block takes nothing from the block before
    sums[span:] += ends.ravel()[1 : sums.size - span + 1]
    return sums[:count]


def smooth_thinned(values: np.ndarray, span: int, limit: int) -> tuple[np.ndarray, np.ndarray]:
    """`smooth`, at no more than `limit` places: positions int64 (M,) and means float32 (M,).

    The places are the ends of stretches of equal length. Where a stretch is longer than `span`,
    the mean of the whole stretch is taken instead, so that no value is left out of the line.
    """
    values = np.asarray(values, dtype=np.float32)
    length = stretch_length(len(values), limit)
    ends = np.append(np.arange(length, len(values), length), len(values))[: len(values)]
    if span >= length:
        return ends - 1, smooth(values, span)[ends - 1]
    return ends - 1, stretch_means(values, length).astype(np.float32)


def smoothed_over(count: int, span: int) -> int:
    """Over how many of `count` iterations each point of the smoothed line is averaged."""
    return max(span, stretch_length(count, SMOOTHED_POINTS))


def stretch_means(values: np.ndarray, length: int) -> np.ndarray:
    """The mean of the finite values in each stretch of `length`; NaN where there is none."""
    starts = np.arange(0, len(values), length)
    finite = np.isfinite(values)
    sums = np.add.reduceat(np.where(finite, values, 0), starts, dtype=np.float64)
    counts = np.add.reduceat(finite, starts, dtype=np.int64)
    return np.divide(sums, counts, out=np.full(len(starts), np.nan), where=counts > 0)


def training_chart(
    losses: np.ndarray,
    validation: Sequence[tuple[int, float, float]],
    *,
    iterations_per_epoch: int,
    total_iterations: int,
    validation_images: int = 0,
    smoothing: int = 20,
    log: bool = False,
    revision: str = "",
) -> dict:
    """The live chart of a run: its losses above, its accuracy on the validation images below.

    losses: float32 (N,), the loss of each iteration so far. validation: one (iteration, loss,
    accuracy in [0, 1]) for each time the validation images were tried, iterations from 1.
    validation_images: how many there are, for the words; 0 leaves their number out.
    smoothing: over how many iterations the strong line is averaged; its name says so, and says
    more where a run is so long that a point must stand for more. log: a logarithmic loss axis.
    revision: the visitor's zoom is kept as long as this stays the same: give it the run's name.
    """
    losses = np.asarray(losses, dtype=np.float32)
    loss_at, shown = thin(losses, LOSS_POINTS)
    smoothed_at, smoothed = smooth_thinned(losses, smoothing, SMOOTHED_POINTS)
    span = smoothed_over(len(losses), smoothing)
    end = axis_end(len(losses), total_iterations)
    checks = np.asarray(validation, dtype=np.float64).reshape(-1, 3)
    return {
        "data": [
            loss_trace(loss_at + 1, shown, log),
            smoothed_trace(smoothed_at + 1, smoothed, span, log),
            validation_loss_trace(checks, log),
            accuracy_trace(checks),
            frame_trace(end, "y2"),
        ],
        "layout": {
            "xaxis": iteration_axis(end, revision) | {"anchor": "y2"},
            "yaxis": loss_axis(shown, log, revision),
            "yaxis2": accuracy_axis(checks[:, 2], revision),
            "annotations": [
                heading("<b>Loss</b>: how wrong it still is", 1.0),
                heading("<b>Accuracy</b>: right answers on images held back", 0.27),
                *epoch_labels(iterations_per_epoch, end),
                *remarks(len(losses), len(checks)),
            ],
            "shapes": epoch_lines(iterations_per_epoch, end),
        },
        "alt": training_state(losses, smoothed, checks, total_iterations, validation_images),
        "name": "digit-lab-training",
    }


def loss_trace(iterations: np.ndarray, losses: np.ndarray, log: bool) -> dict:
    """The loss of every iteration, or of as many as are shown, as a faint line."""
    return {
        "uid": "loss",
        "name": "each batch",
        "x": iterations.tolist(),
        "y": rounded(losses, positive=log),
        "mode": "lines" if len(losses) > FEW else "lines+markers",
        "line": {"color": PALETTE["sky blue"], "width": 1},
        "opacity": 0.6,
        "hovertemplate": "%{y:.3g}",
        "showlegend": len(losses) > 0,
    }


def smoothed_trace(iterations: np.ndarray, smoothed: np.ndarray, span: int, log: bool) -> dict:
    """The smoothed loss, as a strong line that says over how many iterations it is averaged."""
    return {
        "uid": "smoothed",
        "name": f"average of {span:,} batches" if span > 1 else "not smoothed",
        "x": iterations.tolist(),
        "y": rounded(smoothed, positive=log),
        "mode": "lines" if len(smoothed) > 1 else "markers",
        "line": {"color": PALETTE["blue"], "width": 2.5},
        "hovertemplate": "%{y:.3g}",
        "showlegend": len(smoothed) > 0,
    }


def validation_loss_trace(checks: np.ndarray, log: bool) -> dict:
    """The loss on the validation images, checks (E, 3), as diamonds on a dashed line."""
    at, values = thin(checks[:, 1], VALIDATION_POINTS)
    return {
        "uid": "validation loss",
        "name": "held back (validation)",
        "x": checks[at, 0].astype(int).tolist(),
        "y": rounded(values, positive=log),
        "mode": "lines+markers",
        "line": {"color": PALETTE["vermillion"], "width": 2, "dash": "dash"},
        "marker": {"symbol": "diamond", "size": 9},
        "cliponaxis": False,
        "hovertemplate": "%{y:.3g}",
        "showlegend": len(at) > 0,
    }


def accuracy_trace(checks: np.ndarray) -> dict:
    """The accuracy on the validation images in per cent, checks (E, 3), in the lower panel."""
    at, values = thin(100 * checks[:, 2], VALIDATION_POINTS)
    return {
        "uid": "validation accuracy",
        "name": "accuracy",
        "x": checks[at, 0].astype(int).tolist(),
        "y": rounded(values),
        "yaxis": "y2",
        "mode": "lines+markers",
        "line": {"color": PALETTE["bluish green"], "width": 2},
        "marker": {"symbol": "circle", "size": 8},
        "cliponaxis": False,
        "hovertemplate": "%{y:.4g} %",
        "showlegend": len(at) > 0,
    }


def probability_chart(
    iterations: Sequence[int],
    probabilities: np.ndarray,
    *,
    total_iterations: int,
    revision: str = "",
) -> dict:
    """The live chart of one drawing: how likely the network holds each digit as it learns.

    iterations: (N,), rising. probabilities: float (N, 10) in [0, 1], what the network said of the
    drawing after each of them. revision: see `training_chart`.
    """
    iterations = np.asarray(iterations, dtype=np.int64)
    percent = 100 * np.asarray(probabilities, dtype=np.float32).reshape(-1, 10)
    end = axis_end(int(iterations[-1]) if len(iterations) else 0, total_iterations)
    return {
        "data": [
            *(probability_trace(iterations, percent[:, digit], digit) for digit in range(10)),
            frame_trace(end, "y"),
        ],
        "layout": {
            "xaxis": iteration_axis(end, revision),
            "yaxis": percent_axis(-2, 102, revision),  # a line at 0 or 100 % has a width
            "annotations": [
                heading("<b>Probability</b> that it is each digit", 1.0),
                *(leading_labels(iterations[-1], percent[-1]) if len(iterations) else []),
            ],
        },
        "alt": probability_state(iterations, percent),
        "name": "digit-lab-probabilities",
    }


def probability_trace(iterations: np.ndarray, percent: np.ndarray, digit: int) -> dict:
    """The line of one digit; percent (N,)."""
    at, values = thin(percent, PROBABILITY_POINTS)
    return {
        "uid": f"digit {digit}",
        "name": str(digit),
        "x": iterations[at].tolist(),
        "y": [round(value, 1) if math.isfinite(value) else None for value in values.tolist()],
        "mode": "lines",
        "line": {"color": DIGIT_COLORS[digit], "width": 2.5, "dash": DIGIT_DASHES[digit]},
        "hovertemplate": "%{y:.1f} %",
    }


def leading_labels(iteration: int, percent: np.ndarray) -> list[dict]:
    """The digits that are likely now, written at the ends of their lines where there is room."""
    labels: list[dict] = []
    for digit in np.argsort(-percent, kind="stable").tolist():
        height = float(percent[digit])
        if height >= 5 and all(abs(height - label["y"]) >= 9 for label in labels):
            labels.append(
                {
                    "text": f"<b>{digit}</b>",
                    "x": int(iteration),
                    "y": round(height, 1),
                    "xanchor": "left",
                    "xshift": 5,
                    "showarrow": False,
                    "font": {"size": 18, "color": DIGIT_COLORS[digit]},
                }
            )
    return labels


def frame_trace(end: int, panel: str) -> dict:
    """Two invisible points, since Plotly cannot lay out an axis of which every line is hidden."""
    return {
        "uid": "frame",
        "x": [0, end],
        "y": [100, 100],
        "yaxis": panel,
        "mode": "lines",
        "opacity": 0,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def axis_end(iteration: int, total_iterations: int) -> int:
    """Where the iteration axis ends: it doubles as a run fills it, and stops at the run's end."""
    reach = 50
    while reach < iteration:
        reach *= 2
    return max(1, iteration, min(reach, total_iterations))


def iteration_axis(end: int, revision: str) -> dict:
    """The horizontal axis from 0 to `end`, until the visitor zooms.

    Plotly keeps a zoom while `uirevision` stays the same, and never while it is an empty text.
    """
    return {
        "title": {"text": "Iteration (one batch of images each)", "font": {"size": 13}},
        "autorange": True,
        "autorangeoptions": {"minallowed": 0, "maxallowed": end},
        "tickformat": ",d",
        "unifiedhovertitle": {"text": "Iteration %{x:,d}"},
        "uirevision": f"run {revision}",
    }


def loss_axis(losses: np.ndarray, log: bool, revision: str) -> dict:
    """The vertical axis of the upper panel. A zoom on one scale means nothing on the other."""
    return {
        "domain": [0.38, 1],
        "type": "log" if log else "linear",
        "rangemode": "normal" if log else "tozero",
        "tickformat": "~g",
        "nticks": log_ticks(losses) if log else 6,
        "uirevision": f"run {revision} {'log' if log else 'linear'}",
    }


def log_ticks(losses: np.ndarray) -> int:
    """How many ticks to ask of Plotly so that a logarithmic axis has 1, 2, 5, 10, … where it can.

    It takes these steps while a tick is to span 0.3 to 0.7 decades; with more it writes every
    digit, with less the powers of ten alone. Over 3.5 decades the small panel holds only those.
    """
    positive = losses[np.isfinite(losses) & (losses > 0)]
    if len(positive) == 0:
        return 3
    decades = 1.1 * math.log10(positive.max() / positive.min())  # Plotly leaves a margin
    return 3 if decades > 3.5 else max(2, math.ceil(decades / 0.69))


def accuracy_axis(accuracies: np.ndarray, revision: str) -> dict:
    """The vertical axis of the lower panel: from the ten below the worst accuracy up to 100 %."""
    worst = float(np.nanmin(accuracies)) if len(accuracies) else 0.0
    low = max(0, 10 * math.floor(10 * worst - 0.1))
    return percent_axis(low, 100, revision) | {"domain": [0, 0.26], "nticks": 4}


def percent_axis(low: float, high: float, revision: str) -> dict:
    """A vertical axis in per cent, from `low` to `high`."""
    return {
        "autorange": True,
        "autorangeoptions": {"minallowed": low, "maxallowed": high},
        "ticksuffix": " %",
        "nticks": 6,
        "uirevision": f"run {revision}",
    }


def heading(text: str, height: float) -> dict:
    """A panel's title, at its upper left; `height` as a share of the plot's."""
    return {
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": height,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
    }


def remarks(losses: int, checks: int) -> list[dict]:
    """What to expect of the panels that are still empty."""
    texts = {}
    if not losses:
        texts["y"] = "waiting for the first batch"
    if not checks:
        texts["y2"] = "measured at the end of each epoch"
    return [
        {
            "text": text,
            "xref": "paper",
            "yref": f"{panel} domain",
            "x": 0.5,
            "y": 0.5,
            "showarrow": False,
            "opacity": 0.7,
        }
        for panel, text in texts.items()
    ]


def epoch_marks(iterations_per_epoch: int, end: int) -> list[int]:
    """Which epochs' ends are marked up to iteration `end`: every one, or every 2nd, 5th, 10th, …"""
    epochs = end // iterations_per_epoch
    steps = (digit * 10**power for power in itertools.count() for digit in (1, 2, 5))
    step = next(step for step in steps if epochs <= EPOCH_MARKS * step)
    return list(range(step, epochs + 1, step))


def epoch_lines(iterations_per_epoch: int, end: int) -> list[dict]:
    """A dotted upright line in both panels at the end of each marked epoch."""
    return [
        {
            "type": "line",
            "layer": "below",
            "x0": epoch * iterations_per_epoch,
            "x1": epoch * iterations_per_epoch,
            "yref": f"{panel} domain",
            "y0": 0,
            "y1": 1,
            "line": {"dash": "dot", "width": 1},
        }
        for epoch in epoch_marks(iterations_per_epoch, end)
        for panel in ("y", "y2")
    ]


def epoch_labels(iterations_per_epoch: int, end: int) -> list[dict]:
    """The number of each marked epoch, at the top of its line; the first says what it counts."""
    marks = epoch_marks(iterations_per_epoch, end)
    return [
        {
            "text": f"epoch {epoch:,}" if epoch == marks[0] else f"{epoch:,}",
            "x": epoch * iterations_per_epoch,
            "yref": "paper",
            "y": 1,
            "xanchor": "right",
            "yanchor": "top",
            "showarrow": False,
            "font": {"size": 12},
        }
        for epoch in marks
    ]


def training_state(
    losses: np.ndarray,
    smoothed: np.ndarray,
    checks: np.ndarray,
    total_iterations: int,
    validation_images: int,
) -> str:
    """The training chart in words, for those who cannot see it."""
    if len(losses) == 0:
        return f"Chart of the loss. No iteration of {total_iterations:,} done yet."
    state = (
        f"Iteration {len(losses):,} of {total_iterations:,}. "
        f"Loss {losses[-1]:.2g}, smoothed {smoothed[-1]:.2g}."
    )
    if len(checks):
        state += f" Validation accuracy {100 * checks[-1, 2]:.1f} %"
        state += f" on {validation_images:,} images." if validation_images else "."
    return state


def probability_state(iterations: np.ndarray, percent: np.ndarray) -> str:
    """The probability chart in words."""
    if len(iterations) == 0:
        return "Chart of the probability of each digit. Nothing measured yet."
    first, second = np.argsort(-percent[-1], kind="stable")[:2].tolist()
    return (
        f"After iteration {iterations[-1]:,} the network takes this drawing for a {first} with "
        f"{percent[-1, first]:.0f} %, for a {second} with {percent[-1, second]:.0f} %."
    )


def rounded(values: np.ndarray, positive: bool = False) -> list[float | None]:
    """`values` with four significant digits, for JSON: None where there is no finite number.

    positive: also None for zero and less, which a logarithmic axis cannot show.
    """
    return [
        float(f"{value:.{SIGNIFICANT_DIGITS}g}")
        if math.isfinite(value) and (value > 0 or not positive)
        else None
        for value in values.tolist()
    ]
