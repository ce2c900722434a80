"""The lines of a run's chart: loss, smoothed loss, validation loss, accuracy; and ends of epochs.

The first four take measured numbers and give one trace in Plotly's terms, thinned and rounded. What
they are stands in the margin beside them. The last stand upright, with their numbers, few enough to
read.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np

from core.charts.palette import PALETTE
from core.charts.parts import GUESS, note, spread
from core.charts.series import rounded, thin

VALIDATION_POINTS = 60  # for each of validation loss and accuracy
EPOCH_MARKS, NAMED_EPOCHS = 6, 3  # the most that a phone has room for, as numbers and as words
TRAINING, HELD_BACK = PALETTE["violet"], PALETTE["bluish green"]
NAMES = (("━", TRAINING, "while it learns"), ("◆", HELD_BACK, "practice exam"))
NAME_ROOM = 0.3  # of the upper panel's height, for the rows of words
HIGHEST_NAME = 0.85  # of that height; what is higher would be cut off, or lie on the buttons


def loss_trace(iterations: np.ndarray, losses: np.ndarray, log: bool) -> dict:
    """The loss of every iteration, or of as many as are shown, as a faint line."""
    return {
        "uid": "loss",
        "name": "each batch",
        "x": iterations.tolist(),
        "y": rounded(losses, positive=log),
        "mode": "lines" if len(losses) > 1 else "markers",
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
    """The loss on the validation images, checks (E, 3), as diamonds on a line."""
    return _validation_trace(checks[:, 0], checks[:, 1], log) | {
        "uid": "validation-loss",
        "name": "practice exam",
        "line": {"color": HELD_BACK, "width": 2},
        "marker": {"symbol": "diamond", "size": 12, "line": {"color": "white", "width": 1.5}},
        "hovertemplate": "%{y:.3g}",
    }


def accuracy_trace(checks: np.ndarray, top_tenth: bool) -> dict:
    """The accuracy on the validation images in per cent, checks (E, 3), in the lower panel.
    top_tenth: the panel shows 90 to 100 %, else all, so that no point lies outside."""
    return _validation_trace(checks[:, 0], 100 * checks[:, 2]) | {
        "uid": "validation-accuracy",
        "name": "accuracy",
        "yaxis": "y2",
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


def end_names(newest: Sequence[float], span: int, end: int, top: float, log: bool) -> dict:
    """What the lines of the losses are, and their newest losses, in the margin beside them.

    newest: of the strong line and of the diamonds, as far as there are any; span: over how many
    batches that line is averaged; end, top: where the axes end.
    """
    named = zip(map(float, newest), NAMES, strict=False)
    said = [(loss, *name) for loss, name in named if 0 < loss < math.inf]
    heights = [min(loss, top) for loss, *_ in said]
    if log:  # such an axis ends where the numbers do; most of them span three powers of ten
        heights = (10 ** np.array(spread(np.log10(heights).tolist(), 3 * NAME_ROOM))).tolist()
    else:
        heights = spread(heights, top * NAME_ROOM)
        too_high = max(0, max(heights, default=0) - HIGHEST_NAME * top)
        heights = [height - too_high for height in heights]
    texts = [
        f'<span style="color:{color}">{sign}</span> {words}<br>\u2003<b>{loss:.2f}</b>'
        for loss, sign, color, words in said
    ]
    if texts and span > 1:
        texts[0] += "<br>\u2003thick: average<br>\u2003thin: each batch"
    return _beside("names", end, heights, texts)


def accuracy_name(checks: np.ndarray, images: int, end: int, low: float) -> dict:
    """The newest accuracy, checks (E, 3), of how many images (0: not told), beside its panel, which
    begins at `low` per cent: nothing where it lies below."""
    shown = [100 * newest for newest in checks[-1:, 2].tolist() if 100 * newest >= low]
    of = f"<br>of {images:,}" if images else ""
    texts = [f"<b>{newest:.1f} %</b> right{of}" for newest in shown]
    return _beside("accuracy-name", end, shown, texts) | {"yaxis": "y2"}


def _beside(uid: str, end: int, heights: list[float], texts: list[str]) -> dict:
    """Words in the right margin, as a trace, for they move with the lines."""
    return {
        "uid": uid,
        "x": [end] * len(heights),
        "y": heights,
        "text": ["\u2002" + each.replace("<br>", "<br>\u2002") for each in texts],
        "mode": "text",
        "textposition": "middle right",
        "textfont": {"size": 13},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def epoch_marks(iterations_per_epoch: int, end: int) -> list[int]:
    """Which epochs' ends are marked up to iteration `end`: every one, or every 2nd, 5th, 10th, …"""
    epochs = end // iterations_per_epoch
    steps = (digit * 10**power for power in itertools.count() for digit in (1, 2, 5))
    step = next(step for step in steps if epochs <= EPOCH_MARKS * step)
    return list(range(step, epochs + 1, step))


def epoch_lines(iterations_per_epoch: int, end: int) -> list[dict]:
    """An upright line in both panels at the end of each marked epoch."""
    return [
        {
            "type": "line",
            "layer": "below",
            "x0": epoch * iterations_per_epoch,
            "x1": epoch * iterations_per_epoch,
            "yref": f"{panel} domain",
            "y0": 0,
            "y1": 1,
            "line": {"width": 1},
        }
        for epoch in epoch_marks(iterations_per_epoch, end)
        for panel in ("y", "y2")
    ]


def epoch_labels(iterations_per_epoch: int, end: int) -> list[dict]:
    """Which epoch ends, at the top of each line; where there are many, only the first says so."""
    marks = epoch_marks(iterations_per_epoch, end)
    look = {"yref": "y domain", "xanchor": "right", "yanchor": "top", "font": {"size": 12}}
    words = [f"epoch {epoch}" if len(marks) <= NAMED_EPOCHS else f"{epoch:,}" for epoch in marks]
    if words:
        words[0] = f"epoch {marks[0]} ends"
    return [
        note(each, epoch * iterations_per_epoch, 1) | look
        for each, epoch in zip(words, marks, strict=True)
    ]


def guess_line() -> dict:
    """A dotted level line through the upper panel at the loss of who only guesses."""
    return {
        "type": "line",
        "layer": "below",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": GUESS,
        "y1": GUESS,
        "line": {"dash": "dot", "width": 1},
    }


def guess_label(log: bool) -> dict:
    """What that line is, under its right end, where a run that learns has left it."""
    height = math.log10(GUESS) if log else GUESS  # as Plotly places words on such an axis
    look = {"xref": "paper", "xanchor": "right", "yanchor": "top", "font": {"size": 12}}
    return note(f"{GUESS:.1f}: only guessing, 10 % sure", 1, height) | look


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
    look = {"yref": "y domain", "yanchor": "top", "yshift": -4, "font": {"size": 13}}
    return [note(mark[1], mark[0], 0, xanchor="left" if mark[0] < end / 2 else "right") | look]
