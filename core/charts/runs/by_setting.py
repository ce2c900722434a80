"""How runs scored, by one of their settings: a dot for each, with its interval.

Values of a setting are few and chosen by hand (0.0001, 0.001, 0.01), so each has a column of its
own, in order, whatever lies between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.palette import PALETTE
from core.charts.parts import NAMED_LINES, end_names, titled_axis

SPREAD = 0.5  # of a column, for runs that share it
EDGE = 0.15  # of the height from the lowest to the highest, left free below and above
LOOKS = (("bluish green", "circle"), ("reddish purple", "diamond"), ("brown", "square"))


@dataclass(frozen=True)
class Dot:
    """One run: the words of its column, its kind and its name; its score and where that may lie."""

    column: str
    kind: str
    name: str
    score: float
    low: float
    high: float


def setting_chart(
    dots: Sequence[Dot],
    titles: tuple[str, str],
    unit: str = "",
    columns: Sequence[str] | None = None,
) -> dict:
    """The dots in columns, in the order in which these come first; a look for each kind, and
    where there are several its name beside its last dot.

    titles: of the setting and of the score; unit: stands after a score; columns: all there will
    be, in their order, where dots are still to come. For `live_plot`.
    """
    columns = list(columns or dict.fromkeys(dot.column for dot in dots))
    kinds = list(dict.fromkeys(dot.kind for dot in dots))
    places = _places(dots, columns)
    data = []
    for number, kind in enumerate(kinds):
        own = [place for place, dot in enumerate(dots) if dot.kind == kind]
        data.append(
            _trace([dots[each] for each in own], [places[each] for each in own], unit)
            | _look(kind, number)
        )
    low = min((dot.low for dot in dots), default=0)
    high = max((dot.high for dot in dots), default=100)
    room = EDGE * (high - low or abs(high) or 1)
    names = end_names([each | {"line": each["marker"]} for each in data], high + room, low - room)
    top = max(high + room, *(each["y"] + room / 2 for each in names), low)
    several = {"margin": NAMED_LINES, "annotations": names} if len(kinds) > 1 else {}
    across = titled_axis(titles[0]) | {
        "tickmode": "array",
        "tickvals": list(range(len(columns))),
        "ticktext": columns,
        "range": [-0.6, len(columns) - 0.4],
    }
    layout = {
        "xaxis": across,
        "yaxis": titled_axis(titles[1])
        | {"ticksuffix": unit, "nticks": 6, "range": [low - room, top]},
        "showlegend": False,
        "hovermode": "closest",
        "margin": {"l": 60, "r": 16, "t": 16, "b": 48},
    }
    return {
        "data": data,
        "layout": layout | several,
        "alt": _words(dots, titles, unit),
        "name": "digit-lab-settings",
    }


def _places(dots: Sequence[Dot], columns: Sequence[str]) -> list[float]:
    """Where each stands: side by side in its column, so that none hides another."""
    seen: dict[str, int] = {}
    counts = {column: sum(dot.column == column for dot in dots) for column in columns}
    places = []
    for dot in dots:
        number = seen[dot.column] = seen.get(dot.column, 0) + 1
        aside = SPREAD * (number / (counts[dot.column] + 1) - 0.5)
        places.append(round(columns.index(dot.column) + aside, 3))
    return places


def _trace(dots: Sequence[Dot], places: Sequence[float], unit: str) -> dict:
    return {
        "mode": "markers",
        "x": list(places),
        "y": [dot.score for dot in dots],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [dot.high - dot.score for dot in dots],
            "arrayminus": [dot.score - dot.low for dot in dots],
            "thickness": 1.5,
            "width": 3,
        },
        "text": [dot.name for dot in dots],
        "hovertemplate": f"%{{text}}: %{{y:.4g}}{unit}<extra></extra>",
    }


def _look(kind: str, number: int) -> dict:
    colour, symbol = LOOKS[number % len(LOOKS)]
    marker = {"color": PALETTE[colour], "symbol": symbol, "size": 9}
    return {"name": kind.replace(" ", "<br>"), "marker": marker}


def _words(dots: Sequence[Dot], titles: tuple[str, str], unit: str) -> str:
    """The chart for those who cannot see it: from where to where each column reaches."""
    said = []
    for column in dict.fromkeys(dot.column for dot in dots):
        scores = [dot.score for dot in dots if dot.column == column]
        said.append(f"{column}: {min(scores):.4g} to {max(scores):.4g}{unit}, {len(scores)} runs.")
    return f"{titles[1]} by {titles[0].lower()}. {' '.join(said)}"
