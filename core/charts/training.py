"""Arrays in, a chart out: what the live chart of a run shows.

It measures nothing, draws nothing and knows no screen: `pages/ui/widgets/live_plot.py` puts the
charts on a page. A chart is a dictionary that JSON can carry, never more than 20 KB however long
the run: `data` and `layout` as Plotly knows them, `alt` (the state in words), `name` (of a saved
picture).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from core.charts.parts import (
    HIGHEST_LOSS,
    axis_end,
    heading,
    iteration_axis,
    note,
    percent_axis,
    unseen_line,
)
from core.charts.series import smooth_thinned, stretch_length, thin
from core.charts.training_lines import (
    accuracy_name,
    accuracy_trace,
    end_names,
    epoch_labels,
    epoch_lines,
    guess_label,
    guess_line,
    loss_trace,
    mark_labels,
    mark_lines,
    smoothed_trace,
    validation_loss_trace,
)

LOSS_POINTS = 300  # for the loss of each iteration: about one for every two pixels of half a page
CALM = 10  # a mean of more than this part of a run would end long before it
SMOOTHED_POINTS = 200  # a smoothed line has no peaks that would need more


def training_chart(
    losses: np.ndarray,
    validation: Sequence[tuple[int, float, float]],
    *,
    iterations_per_epoch: int,
    total_iterations: int,
    validation_images: int = 0,
    smoothing: int = 20,
    log: bool = False,
    top_tenth: bool = False,
    revision: str = "",
    mark: tuple[int, str] | None = None,
) -> dict:
    """The live chart of a run: its losses above, its accuracy on the validation images below.

    losses: float32 (N,), the loss of each iteration so far. validation: one (iteration, loss,
    accuracy in [0, 1]) for each time the validation images were tried, iterations from 1.
    validation_images: how many there are, for the words; 0 leaves their number out.
    smoothing: over how many iterations the strong line is averaged, in the middle of which each
    mean stands; its name says so, and says more where a run is so long that a point must stand for
    more, or less where a run is short.
    log: a logarithmic loss axis. top_tenth: the accuracy from 90 to 100 % only.
    revision: the visitor's zoom is kept as long as this stays the same: give it the run's name.
    mark: an iteration, and what happened at it in a few words.
    """
    losses = np.asarray(losses, dtype=np.float32)
    loss_at, shown = thin(losses, LOSS_POINTS)
    smoothing = min(smoothing, max(1, total_iterations // CALM))
    smoothed_at, smoothed = smooth_thinned(losses, smoothing, SMOOTHED_POINTS)
    span = max(smoothing, stretch_length(len(losses), SMOOTHED_POINTS))  # see smooth_thinned
    span = min(span, len(losses))
    middle = smoothed_at + 1 - (np.minimum(span, smoothed_at + 1) - 1) / 2  # of its iterations
    end = axis_end(len(losses), total_iterations)
    per_epoch = iterations_per_epoch if total_iterations else end + 1  # before a run: unknown
    checks = np.asarray(validation, dtype=np.float64).reshape(-1, 3)
    top = highest(shown)
    return {
        "data": [
            loss_trace(loss_at + 1, shown, log),
            smoothed_trace(middle, smoothed, span, log),
            validation_loss_trace(checks, log),
            accuracy_trace(checks, top_tenth),
            accuracy_name(checks, validation_images, end, 90 if top_tenth else 0),
            end_names([*smoothed[-1:], *checks[-1:, 1]], span, end, top, log),
            unseen_line(end, "y2"),
        ],
        "layout": {
            "xaxis": iteration_axis(end, revision) | {"anchor": "y2", "showgrid": False},
            "yaxis": loss_axis(shown, top, log, revision),
            "yaxis2": accuracy_axis(top_tenth, revision),
            "showlegend": False,
            "margin": {"l": 44, "r": 128, "t": 36, "b": 8},  # the lines' names stand on the right
            "annotations": [
                heading("<b>Loss</b>: how wrong it still is, 0 is perfect", 1.0),
                heading(
                    "<b>Practice exam</b> (<i>validation</i>): digits it never learns from", 0.28
                ),
                *epoch_labels(per_epoch, end),
                guess_label(log),
                *remarks(len(losses), len(checks)),
                *mark_labels(mark, end),
            ],
            "shapes": [*epoch_lines(per_epoch, end), guess_line(), *mark_lines(mark)],
        },
        "alt": training_state(losses, smoothed, checks, total_iterations, validation_images),
        "name": "digit-lab-training",
        "appends": not log,  # such an axis follows the losses down
    }


def highest(losses: np.ndarray) -> float:
    """Where the loss axis ends: always at the same height, unless a loss lies above it."""
    finite = losses[np.isfinite(losses)]
    return max(HIGHEST_LOSS, 1.05 * float(finite.max(initial=0.0)))


def loss_axis(losses: np.ndarray, top: float, log: bool, revision: str) -> dict:
    """The vertical axis of the upper panel, from 0 to `top` unless it is logarithmic. A zoom on one
    scale means nothing on the other."""
    fixed = {"autorange": True, "autorangeoptions": {"minallowed": 0, "maxallowed": top}}
    if not len(losses):  # Plotly makes up a range where there are no points
        fixed = {"range": [0, top]}
    return ({} if log else fixed) | {
        "domain": [0.45, 1],
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


def accuracy_axis(top_tenth: bool, revision: str) -> dict:
    """The vertical axis of the lower panel. A zoom in one range means nothing in the other."""
    low = 90 if top_tenth else 0
    return percent_axis(low, 100, f"{revision} from {low}") | {"domain": [0, 0.27], "nticks": 4}


def remarks(losses: int, checks: int) -> list[dict]:
    """What to expect of the panels that are still empty."""
    panels = (
        ("y", losses, "each batch adds a point"),
        ("y2", checks, "at the end of each epoch"),
    )
    return [
        note(text, 0.5, 0.3, xref="paper", yref=f"{panel} domain", opacity=0.7)
        for panel, measured, text in panels
        if not measured
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
        of = f" of {total_iterations:,}" if total_iterations else ""
        return f"Chart of the loss. No iteration{of} done yet."
    state = (
        f"Iteration {len(losses):,} of {total_iterations:,}. "
        f"Loss {losses[-1]:.2g}, smoothed {smoothed[-1]:.2g}."
    )
    if len(checks):
        state += f" Practice exam {100 * checks[-1, 2]:.1f} %"
        state += f" on {validation_images:,} images." if validation_images else "."
    return state
