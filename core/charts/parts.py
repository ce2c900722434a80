"""Parts that several charts share: axes, frames, titles, the names of lines, whiskers, and what is
not seen."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from core.config import CLASSES

if TYPE_CHECKING:
    from core.evaluation import Graded

NAMED_LINES = {"l": 55, "r": 95, "t": 15, "b": 45}  # the margin: `end_names` stand on the right
GUESS = math.log(CLASSES)  # the loss of who gives all digits the same share, about 2.3
HIGHEST_LOSS = 2.5  # of an axis
LOSS = "<b>Loss</b>, lower is better"
BATCHES = "Batch (<i>iteration</i>)"  # of an axis: each is one step of training
NEAREST = 0.07  # that two names may be to one another, as a share of the height


def axis_end(iteration: int, total_iterations: int) -> int:
    """Where the iteration axis ends: it doubles as a run fills it, until it can show all of it.

    Before a run, whose end nobody knows yet (0), it is as long as at a run's beginning.
    """
    reach = 50
    if not total_iterations:
        return max(reach, iteration)
    while reach < iteration:
        reach *= 2
    return max(1, iteration, total_iterations if total_iterations <= 2 * reach else reach)


def iteration_axis(end: int, revision: str) -> dict:
    """The horizontal axis from 0 to `end`, until the visitor zooms.

    Plotly keeps a zoom while `uirevision` stays the same, and never while it is an empty text.
    """
    return {
        "title": {"text": BATCHES, "font": {"size": 13}},
        "autorange": True,
        "autorangeoptions": {"minallowed": 0, "maxallowed": end},
        "tickformat": ",d",
        "unifiedhovertitle": {"text": "Batch %{x:,d}"},
        "uirevision": f"run {revision}",
    }


def percent_axis(low: float, high: float, revision: str) -> dict:
    """A vertical axis in per cent, from `low` to `high`."""
    return {
        "autorange": True,
        "autorangeoptions": {"minallowed": low, "maxallowed": high},
        "ticksuffix": " %",
        "nticks": 6,
        "uirevision": f"run {revision}",
    }


def fixed_percent_axis(title: str) -> dict:
    """An axis from 0 to 100 % that does not zoom, with room for a marker at either end."""
    return titled_axis(title) | {"range": [-3, 103], "ticksuffix": " %"}


def loss_end(highest: Iterable[float]) -> float:
    """Where an axis of losses ends, by the highest of each line: no higher than a guess, so that a
    wild run does not hide the others."""
    return min(HIGHEST_LOSS, max(highest, default=0) or HIGHEST_LOSS)


def rectangle(
    left: float, top: float, right: float, bottom: float, color: str, width: float
) -> dict:
    """A frame round whole squares: the square at 3 reaches from 2.5 to 3.5."""
    return {
        "type": "rect",
        "x0": left - 0.5,
        "x1": right + 0.5,
        "y0": top - 0.5,
        "y1": bottom + 0.5,
        "line": {"color": color, "width": width},
    }


def whiskers(measured: Sequence[Graded]) -> dict:
    """Error bars, in per cent, from the accuracy of each and its interval."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [100 * (each.interval[1] - each.accuracy) for each in measured],
        "arrayminus": [100 * (each.accuracy - each.interval[0]) for each in measured],
        "thickness": 1.5,
        "width": 4,
    }


def note(text: str, x: float, y: float, **look: object) -> dict:
    """A text on a chart; look: its references, anchors and font in Plotly's terms."""
    return {"text": text, "x": x, "y": y, "showarrow": False, **look}


def heading(text: str, height: float) -> dict:
    """A panel's title, at its upper left; `height` as a share of the plot's."""
    return note(text, 0, height, xref="paper", yref="paper", xanchor="left", yanchor="bottom")


def titled_axis(title: str) -> dict:
    """An axis that does not zoom."""
    return {"title": {"text": title}, "fixedrange": True}


def unseen_line(end: int, panel: str) -> dict:
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


def end_names(lines: list[dict], highest: float, lowest: float = 0) -> list[dict]:
    """The names of lines in Plotly's terms, right of where the longest ends, none on another.
    highest, lowest: where the vertical axis ends."""
    end = max((line["x"][-1] for line in lines), default=0)
    rows = max((1 + line["name"].count("<br>") for line in lines), default=1)
    heights = [min(line["y"][-1], highest) for line in lines]
    heights = spread(heights, rows * NEAREST * (highest - lowest))
    return [
        note(
            f"<b>{line['name']}</b>",
            end,
            height,
            xanchor="left",
            align="left",
            xshift=6,
            font={"color": line["line"]["color"], "size": 13},
        )
        for line, height in zip(lines, heights, strict=True)
    ]


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """The same heights in the same order, moved up where two are closer than `gap`."""
    moved = list(heights)
    order = sorted(range(len(moved)), key=moved.__getitem__)
    for below, above in itertools.pairwise(order):
        moved[above] = max(moved[above], moved[below] + gap)
    return moved
