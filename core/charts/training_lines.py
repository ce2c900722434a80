"""The lines of a run's chart: loss, smoothed loss, validation loss, accuracy; and ends of epochs.

The first four take measured numbers and give one trace in Plotly's terms, thinned and rounded. What
they are stands in a corner that they leave free. The last stand upright, with their numbers, few
enough to read.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from core.charts.palette import PALETTE
from core.charts.parts import note
from core.charts.series import rounded, thin

FEW = 30  # so few losses are points as well: one alone makes no line
VALIDATION_POINTS = 60  # for each of validation loss and accuracy
EPOCH_MARKS = 6  # the most that a phone has room for
TRAINING, HELD_BACK = PALETTE["violet"], PALETTE["bluish green"]
Line = tuple[np.ndarray, np.ndarray]  # iterations, int64 (N,), and losses, float32 (N,)
NAMES = ("━", TRAINING, "on what it learns from"), ("◆", HELD_BACK, "on the practice exam")
CORNERS = (1, 1), (0, 0), (1, 0), (0, 1)  # of the upper panel: right or left, top or bottom


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
        "name": "practice exam",
        "line": {"color": HELD_BACK, "width": 2, "dash": "dash"},
        "marker": {"symbol": "diamond", "size": 12, "line": {"color": "white", "width": 1.5}},
        "hovertemplate": "%{y:.3g}",
    }


def accuracy_trace(checks: np.ndarray, images: int, top_tenth: bool) -> dict:
    """The accuracy on the validation images in per cent, checks (E, 3), in the lower panel, and by
    its newest point in words, of how many images; 0: not told. top_tenth: the panel shows 90 to
    100 %, else all, so that no point lies outside."""
    trace = _validation_trace(checks[:, 0], 100 * checks[:, 2])
    newest = float(checks[-1, 2]) if len(checks) else 0.0
    words = [""] * len(trace["x"])
    if newest >= (0.9 if top_tenth else 0) and words:
        words[-1] = f"<b>{100 * newest:.1f} %</b>" + (f" of {images:,}" if images else "")
    return trace | {
        "uid": "validation-accuracy",
        "name": "accuracy",
        "yaxis": "y2",
        "mode": "lines+markers+text",
        "text": words,
        "textposition": "bottom left" if newest > 0.4 else "top left",  # where there is more room
        "line": {"color": HELD_BACK, "width": 2},
        "marker": {"symbol": "circle", "size": 8},
        "cliponaxis": top_tenth,
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


def line_names(lines: Sequence[Line], end: int, top: float, log: bool) -> list[dict]:
    """What the strong line and the diamonds are, in the corner in which the fewest points lie.

    lines: the strong one, the diamonds, and others that are not to be written on; of the first two
    those without points have no name. end, top: where the axes end.
    """
    said = [
        f'<span style="color:{color}">{sign} </span>{words}'
        for (sign, color, words), (at, _) in zip(NAMES, lines, strict=False)
        if len(at)
    ]
    if not said:
        return []
    places = np.concatenate([places_of(line, end, top, log) for line in lines])
    right, upper = min(CORNERS, key=lambda corner: in_corner(places, *corner))
    look = {"xref": "x domain", "yref": "y domain", "align": "left", "font": {"size": 13}}
    look |= {"xanchor": "right" if right else "left", "yanchor": "top" if upper else "bottom"}
    return [note("<br>".join(said), right, upper, **look, yshift=-16 if upper else 2)]


def places_of(line: Line, end: int, top: float, log: bool) -> np.ndarray:
    """Where its points are, (N, 2): shares of the panel's width and height, up to `top`."""
    at, losses = (np.asarray(each, np.float64) for each in line)
    fine = np.isfinite(losses) & ((losses > 0) | (not log))
    heights = losses[fine] / top
    if log:  # such an axis ends where the numbers do; most of them span three powers of ten
        heights = 1 + np.log10(heights) / 3
    return np.stack([at[fine] / end, heights], axis=1)


def in_corner(places: np.ndarray, right: int, upper: int) -> int:
    """How many of the places, (N, 2), lie where two names would stand in this corner."""
    across, up = places[:, 0], places[:, 1]
    beside = across > 0.55 if right else across < 0.45
    return int((beside & (up > 0.72 if upper else up < 0.25)).sum())


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


def mark_labels(mark: tuple[int, str] | None, end: int) -> list[dict]:
    """What happened there, at the foot of the line, under the panel; end: of the axis."""
    if mark is None:
        return []
    look = {"yref": "y domain", "yanchor": "top", "font": {"size": 13}}
    return [note(mark[1], mark[0], 0, xanchor="left" if mark[0] < end / 2 else "right") | look]
