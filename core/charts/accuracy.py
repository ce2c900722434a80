"""How often a network is right, with intervals: by how sure it is, and as digits are changed more.

Charts in Plotly's terms, and each in words.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.charts.palette import PALETTE
from core.charts.parts import NAMED_LINES, end_names, fixed_percent_axis, note, whiskers

if TYPE_CHECKING:
    from core.exam.calibration import Bin
    from core.exam.changes import Change
    from core.exam.robustness import Point

ROW = 12  # letters of a name that have room beside the chart
LINES = (("bluish green", "solid", "circle"), ("reddish purple", "dash", "diamond"))


def reliability_chart(bins: Sequence[Bin]) -> dict:
    """How often the network is right, against how sure it is, in a square; the dashed line is where
    both agree. Whiskers are 95 % Wilson intervals. For `live_plot`: it has its words in it.
    """
    ideal = {
        "name": "as right as it is sure",
        "x": [0, 100],
        "y": [0, 100],
        "mode": "lines",
        "line": {"color": PALETTE["grey"], "dash": "dash"},
        "hoverinfo": "skip",
    }
    measured = {
        "name": "this network",
        "x": [100 * each.confidence for each in bins],
        "y": [100 * each.accuracy for each in bins],
        "error_y": whiskers(bins),
        "customdata": [[each.images, each.correct] for each in bins],
        "mode": "lines+markers",
        "line": {"color": PALETTE["blue"], "width": 2},
        "marker": {"size": 9},
        "hovertemplate": "%{x:.1f} % sure, %{y:.1f} % right<br>%{customdata[1]:,} of "
        "%{customdata[0]:,} images<extra></extra>",
    }
    across = fixed_percent_axis("how sure it is") | {"constrain": "domain"}
    up = fixed_percent_axis("how often it is right") | {"constrain": "domain"}
    notes = [
        note(text, x, y, font={"size": 12}, xanchor=anchor)
        for text, x, y, anchor in (
            ("too<br>modest", 2, 92, "left"),
            ("claims<br>too much", 98, 8, "right"),
        )
    ]
    return {
        "data": [ideal, measured],
        "layout": {
            "xaxis": across,
            "yaxis": up | {"scaleanchor": "x"},  # a square: the dashed line is its diagonal
            "annotations": notes,
            "showlegend": False,
            "hovermode": "closest",
        },
        "alt": reliability_words(bins),
        "name": "digit-lab-reliability",
    }


def reliability_words(bins: Sequence[Bin]) -> str:
    """The reliability diagram in words."""
    return "How sure and how often right. " + " ".join(
        f"{100 * each.confidence:.0f} % sure: {100 * each.accuracy:.0f} % right of "
        f"{each.images:,} images."
        for each in bins
    )


def robustness_chart(points: Sequence[Point], change: Change, names: Sequence[str]) -> dict:
    """The accuracy of each network against the strength of a change, its name at its end.

    Whiskers are 95 % Wilson intervals.
    It grows while it is measured, so it is made for `live_plot`: it has its words (`alt`) in it.
    """
    lines = []
    for number, (name, (colour, dash, symbol)) in enumerate(zip(names, LINES, strict=False)):
        own = [point for point in points if point.network == number]
        results = [point.result for point in own]
        lines.append(
            {
                "name": "<br>".join(html.escape(row) for row in textwrap.wrap(name, ROW)),
                "x": [point.strength for point in own],
                "y": [100 * result.accuracy for result in results],
                "error_y": whiskers(results),
                "mode": "lines+markers",
                "line": {"color": PALETTE[colour], "width": 2, "dash": dash},
                "marker": {"size": 9, "symbol": symbol},
                "hovertemplate": "%{x:g}: %{y:.1f} % right<extra></extra>",
            }
        )
    x_axis = {
        "title": {"text": change.axis},
        "tickmode": "array",
        "tickvals": list(change.strengths),
        "range": beyond(change.strengths),
        "uirevision": change.label,
    }
    return {
        "data": lines,
        "layout": {
            "xaxis": x_axis,
            "yaxis": fixed_percent_axis("read correctly"),
            "showlegend": False,
            "hovermode": "closest",
            "margin": NAMED_LINES,
            "annotations": end_names([line for line in lines if line["x"]], 100),
        },
        "alt": robustness_words(points, change, names),
        "name": f"digit-lab-{change.label.lower().replace(' ', '-')}",
    }


def robustness_words(points: Sequence[Point], change: Change, names: Sequence[str]) -> str:
    """The chart in words: every number of it."""
    sentences = []
    for number, name in enumerate(names):
        own = [point for point in points if point.network == number]
        numbers = ", ".join(
            f"{each.strength:g}: {100 * each.result.accuracy:.1f} %" for each in own
        )
        sentences.append(f"{name}: {numbers or 'nothing measured yet'}.")
    return f"Share read correctly, {change.axis}. " + " ".join(sentences)


def beyond(values: Sequence[float]) -> list[float]:
    """A range a little wider than the values."""
    room = (max(values) - min(values)) / 30
    return [min(values) - room, max(values) + room]
