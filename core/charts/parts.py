"""Parts that several charts share: axes, frames, titles, whiskers, and what is not seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.evaluation import Graded


def axis_end(iteration: int, total_iterations: int) -> int:
    """Where the iteration axis ends: it doubles as a run fills it, and stops at the run's end.

    Before a run, whose end nobody knows yet (0), it is as long as at a run's beginning.
    """
    reach = 50
    if not total_iterations:
        return max(reach, iteration)
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
