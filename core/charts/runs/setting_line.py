"""One setting and the score that each of its values gave: a point with its interval for each.

Scores in, `data` and `layout` out, as Plotly knows them. Values stand at equal distances, in the
order in which they were given: some are no numbers, and others lie powers of ten apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.charts.lessons.lines import LINES
from core.charts.parts import note, titled_axis, whiskers
from core.charts.score import scale_start

if TYPE_CHECKING:
    from core.evaluation import Graded

FAILED = "did not<br>learn"


def setting_line(label: str, scores: Mapping[str, Graded | None], failed: set[str]) -> dict:
    """scores: by value in words; None for those that are still to come, or in `failed`."""
    measured = {value: score for value, score in scores.items() if score}
    start = scale_start(min((each.interval[0] for each in measured.values()), default=0.9))
    color, _ = LINES[0]
    points = {
        "uid": "scores",
        "x": list(measured),
        "y": [100 * each.accuracy for each in measured.values()],
        "error_y": whiskers(list(measured.values())),
        "mode": "lines+markers",
        "line": {"color": color, "width": 2.5},
        "marker": {"size": 10},
        "hovertemplate": "%{y:.1f} %<extra></extra>",
    }
    said = [note(FAILED, value, start, yanchor="bottom", yshift=4) for value in failed]
    values = list(scores)
    return {
        "data": [points],
        "layout": {
            "xaxis": titled_axis(label)
            | {"type": "category", "categoryorder": "array", "categoryarray": values}
            | {"range": [-0.5, len(values) - 0.5], "tickvals": values},
            "yaxis": titled_axis("Right, of the images held back")
            | {"range": [start, 100], "ticksuffix": " %"},
            "showlegend": False,
            "annotations": said,
        },
        "alt": f"Right answers by {label.lower()}: "
        + (", ".join(f"{value}: {100 * s.accuracy:.1f} %" for value, s in measured.items()) or "-")
        + ".",
        "name": "digit-lab-sweep",
    }
