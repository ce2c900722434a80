"""The lines of a run's chart: loss, smoothed loss, validation loss, accuracy; and ends of epochs.

The first four take measured numbers and give one trace in Plotly's terms, thinned and rounded, and
have their names written on them instead of a legend. The last stand upright, with their numbers,
few enough to read.
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from core.charts.palette import PALETTE
from core.charts.parts import note
from core.charts.series import rounded, thin

FEW = 30  # so few losses are points as well: one alone makes no line
VALIDATION_POINTS = 60  # for each of validation loss and accuracy
EPOCH_MARKS = 6  # the most that a phone has room for
TRAINING, HELD_BACK = PALETTE["violet"], PALETTE["bluish green"]
Line = tuple[np.ndarray, np.ndarray]  # iterations, int64 (N,), and losses, float32 (N,)
LOW, HIGH = 66, 92  # pixels between the end of a line and its name, so that two names have room
PANEL, LINE = 200, 20  # pixels: the height of the panel of the losses, about, and of a name


def loss_trace(iterations: np.ndarray, losses: np.ndarray, log: bool) -> dict:
    """The loss of every iteration, or of as many as are shown, as a faint line."""
    return {
        "uid": "loss",
        "name": "each batch",
        "x": iterations.tolist(),
        "y": rounded(losses, positive=log),
        "mode": "lines" if len(losses) > FEW else "lines+markers",
        "line": {"color": TRAINING, "width": 1},
        "opacity": 0.5,
        "hovertemplate": "%{y:.3g}",
    }


def smoothed_trace(iterations: np.ndarray, smoothed: np.ndarray, span: int, log: bool) -> dict:
    """The smoothed loss, as a strong line that says over how many iterations it is averaged."""
    return {
        "uid": "smoothed",
        "name": f"average of {span:,} batches" if span > 1 else "not smoothed",
        "x": iterations.tolist(),
        "y": rounded(smoothed, positive=log),
        "mode": "lines" if len(smoothed) > 1 else "markers",
        "line": {"color": TRAINING, "width": 2.5},
        "hovertemplate": "%{y:.3g}",
    }


def validation_loss_trace(checks: np.ndarray, log: bool) -> dict:
    """The loss on the validation images, checks (E, 3), as diamonds on a dashed line."""
    return _validation_trace(checks[:, 0], checks[:, 1], log) | {
        "uid": "validation-loss",
        "name": "held back (validation)",
        "line": {"color": HELD_BACK, "width": 2, "dash": "dash"},
        "marker": {"symbol": "diamond", "size": 12, "line": {"color": "white", "width": 1.5}},
        "hovertemplate": "%{y:.3g}",
    }


def accuracy_trace(checks: np.ndarray, whole: bool) -> dict:
    """The accuracy on the validation images in per cent, checks (E, 3), in the lower panel; whole:
    it shows all of 0 to 100 %, so that no point lies outside."""
    return _validation_trace(checks[:, 0], 100 * checks[:, 2]) | {
        "uid": "validation-accuracy",
        "name": "accuracy",
        "yaxis": "y2",
        "line": {"color": HELD_BACK, "width": 2},
        "marker": {"symbol": "circle", "size": 8},
        "cliponaxis": not whole,
        "hovertemplate": "%{y:.4g} %",
    }


def _validation_trace(iterations: np.ndarray, values: np.ndarray, log: bool = False) -> dict:
    at, shown = thin(values, VALIDATION_POINTS)
    return {
        "x": iterations[at].astype(int).tolist(),
        "y": rounded(shown, positive=log),
        "mode": "lines+markers",
        "cliponaxis": False,
    }


def batch_label(pale: Line, strong: Line, top: float, log: bool) -> list[dict]:
    """The name of the pale line, on a peak of it where there is room for words: low, and above the
    strong line."""
    iterations, losses = pale
    middle = slice(len(losses) // 3, 2 * len(losses) // 3)
    heights = np.nan_to_num(losses[middle], nan=0.0, posinf=0.0)
    if len(losses) <= FEW or log:
        return []
    peak = int(heights.argmax())
    x, y = int(iterations[middle][peak]), float(heights[peak])
    if not np.interp(x, *strong) < y < 0.4 * top:
        return []
    look = {"yanchor": "bottom", "font": {"size": 12}, "opacity": 0.8}
    return [note("each batch", x, y) | look]


def end_labels(
    strong: Line, checks: np.ndarray, span: int, reach: tuple[int, float], log: bool
) -> list[dict]:
    """The names of the strong line and of the diamonds, checks (E, 3), each with its newest value.

    reach: where the axes end. The value of the strong line is also told in words.
    """
    iterations, smoothed = strong
    labels, taken = [], None
    if len(smoothed):
        name = f"training, average of {span:,}" if span > 1 else "training"
        at = int(iterations[-1]), float(smoothed[-1])
        away = HIGH if log or at[1] < reach[1] / 2 else -HIGH
        labels += end_label(f"━ </span>{name}", at, TRAINING, away, reach, log)
        taken = pixels(at[1], away, reach[1])
    if len(checks):
        at = int(checks[-1, 0]), float(checks[-1, 1])
        away = LOW if log else room_for(at[1], reach[1], taken)
        words = "◆ </span>held back (<i>validation</i>)"
        labels += end_label(words, at, HELD_BACK, away, reach, log)
    return labels


def pixels(loss: float, away: int, top: float) -> float:
    """How high words stand in the panel that are `away` pixels above a loss, about."""
    return PANEL * loss / top + away


def room_for(loss: float, top: float, taken: float | None) -> int:
    """How far above a loss words can stand, below it where negative: inside of the panel, and not
    on the words that stand at `taken`."""
    ways = (LOW, HIGH, -LOW, -HIGH) if loss < top / 2 else (-LOW, -HIGH, LOW, HIGH)
    free = (
        way
        for way in ways
        if 0 < pixels(loss, way, top) < PANEL
        and (taken is None or abs(pixels(loss, way, top) - taken) > LINE)
    )
    return next(free, ways[0])


def end_label(
    words: str, at: tuple[int, float], color: str, away: int, reach: tuple[int, float], log: bool
) -> list[dict]:
    """What a line is called and how high it ends, on a thread of `away` pixels from its last point.

    words: after their sign, which is in the line's colour. away: upwards, or down where negative.
    at, reach: where the point is, and where the axes end; the words stand on the side with more
    room.
    """
    (x, y), (end, _) = at, reach
    if not math.isfinite(y) or (log and y <= 0):
        return []
    label = note(
        f'<span style="color:{color}">{words} <b>{y:.2g}</b>', x, math.log10(y) if log else y
    )
    return [
        label
        | {
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": color,
            "ax": 0,
            "ay": -away,
            "xanchor": "left" if x < end / 2 else "right",
            "font": {"size": 13},
        }
    ]


def accuracy_label(checks: np.ndarray, top_tenth: bool) -> list[dict]:
    """The newest accuracy, under its point, checks (E, 3)."""
    if not len(checks) or (top_tenth and checks[-1, 2] < 0.9):
        return []
    place = {"yref": "y2", "xanchor": "right", "yanchor": "top", "yshift": -6, "font": {"size": 15}}
    accuracy = 100 * float(checks[-1, 2])
    return [note(f"<b>{accuracy:.1f} %</b>", int(checks[-1, 0]), accuracy) | place]


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
    look = {"yref": "paper", "xanchor": "right", "yanchor": "top", "font": {"size": 12}}
    return [
        note(f"{'epoch ' if epoch == marks[0] else ''}{epoch:,}", epoch * iterations_per_epoch, 1)
        | look
        for epoch in marks
    ]


def mark_lines(mark: tuple[int, str] | None) -> list[dict]:
    """A dashed upright line through the upper panel at an iteration; nothing without a mark."""
    if mark is None:
        return []
    ends = {"x0": mark[0], "x1": mark[0], "y0": 0, "y1": 0.86, "yref": "y domain"}
    return [{"type": "line", "layer": "below", "line": {"dash": "dash", "width": 2}, **ends}]


def mark_labels(mark: tuple[int, str] | None) -> list[dict]:
    """What happened there, at the top of the line."""
    if mark is None:
        return []
    look = {"yref": "y domain", "xanchor": "left", "yanchor": "bottom", "font": {"size": 13}}
    return [note(mark[1], mark[0], 0.86) | look]
