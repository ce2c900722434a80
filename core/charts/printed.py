"""Charts as pictures in files, to take home and to print: arrays in, PNG or SVG out.

They show what the charts on the pages show, always dark on white. Nothing here needs a browser or a
screen, so matplotlib draws; it is imported at the first picture.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.charts.palette import PALETTE
from core.charts.series import smooth_thinned, thin

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SPAN = 20  # batches that the strong line is averaged over
POINTS = 2_000  # of a line: more than a page can show
DOTS = 150  # of a PNG, for every inch
TRAINING, HELD_BACK = PALETTE["violet"], PALETTE["bluish green"]
ONE_AT_A_TIME = threading.Lock()  # matplotlib's settings are those of the whole program
# No random names and no date: the same run gives the same file, byte by byte.
SETTINGS = {"svg.hashsalt": "digit-lab", "font.size": 10}


def loss_picture(
    losses: np.ndarray, validation: Sequence[tuple[int, float]], kind: str = "svg"
) -> bytes:
    """The loss of every batch, its mean over some, and the loss on the practice exam.

    losses: float32 (N,); validation: (iteration from 1, loss) for each exam; kind: svg or png.
    """
    losses = np.asarray(losses, dtype=np.float32)
    figure, axes = _new(7, 3.4)
    pale_at, pale = thin(losses, POINTS)
    strong_at, strong = smooth_thinned(losses, SPAN, POINTS)
    axes.plot(pale_at + 1, pale, color=TRAINING, alpha=0.35, linewidth=0.7, label="each batch")
    axes.plot(strong_at + 1, strong, color=TRAINING, linewidth=2, label=f"average of {SPAN}")
    if validation:
        look = {"color": HELD_BACK, "linestyle": "--", "marker": "D", "clip_on": False}
        axes.plot(*zip(*validation, strict=True), **look, label="practice exam (validation)")
    axes.set(xlabel="Batch", ylabel="Loss", ylim=(0, None), xlim=(0, len(losses) + 1))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    return _saved(figure, kind)


def confusion_picture(confusion: np.ndarray, kind: str = "svg") -> bytes:
    """What each digit was answered with: int (10, 10), rows the digit, columns the answer.

    Mistakes are the darker, the more there are; right answers stand on grey. kind: svg or png.
    """
    confusion = np.asarray(confusion)
    right = np.eye(len(confusion), dtype=bool)
    wrong = np.where(right, 0, confusion)
    figure, axes = _new(4.6, 4.4)
    shades = np.sqrt(wrong / max(1, wrong.max()))  # areas of few are seen beside areas of many
    axes.imshow(np.where(right, 0.25, 0.9 * shades), cmap="Greys", vmin=0, vmax=1)
    for (digit, answer), count in np.ndenumerate(confusion):
        if count:
            dark = not right[digit, answer] and shades[digit, answer] > 0.6
            look = {"color": "white" if dark else "black", "fontsize": 8}
            axes.text(answer, digit, f"{count:,}", ha="center", va="center", **look)
    digits = range(len(confusion))
    axes.set(xticks=digits, yticks=digits, xlabel="What it answered", ylabel="The digit it was")
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return _saved(figure, kind)


def _new(width: float, height: float) -> tuple[Figure, Axes]:
    """An empty picture, so many inches large. Not by pyplot, which all threads share."""
    from matplotlib.figure import Figure

    figure = Figure((width, height), layout="constrained")
    return figure, figure.add_subplot()


def _saved(figure: Figure, kind: str) -> bytes:
    import matplotlib

    file = io.BytesIO()
    nameless = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    with ONE_AT_A_TIME, matplotlib.rc_context(SETTINGS):
        figure.savefig(file, format=kind, dpi=DOTS, metadata=nameless)
    return file.getvalue()
