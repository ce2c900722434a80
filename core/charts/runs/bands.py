"""Repeated settings as bands: between the lowest and the highest loss, the mean as a line.

Numbers in, `data` and `layout` out, as Plotly knows them; the loss is smoothed before.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.charts.lessons.lines import LINES
from core.charts.parts import BATCHES, LOSS, loss_end, note, titled_axis
from core.charts.series import rounded

POINTS = 200  # of each line: about one for every two pixels of half a page
EMPTY = {"range": [0, 50]}  # batches; Plotly would make up a range where there are no lines
PALE = "40"  # of a colour with 256 shades of opacity: a quarter

Band = tuple[np.ndarray, np.ndarray, np.ndarray]  # low, mean, high: float (iterations,) each


def band_chart(bands: Mapping[str, Band], span: int) -> dict:
    """Losses of repeated settings by their names; span: batches that they are averaged over."""
    data, names = [], []
    top = loss_end(float(np.nanmax(high, initial=0.1)) for _, _, high in bands.values())
    for place, (name, (low, mean, high)) in enumerate(bands.items()):
        color, dash = LINES[place % len(LINES)]
        at = np.unique(np.linspace(0, len(mean) - 1, min(POINTS, len(mean))).round().astype(int))
        x = (at + 1).tolist()
        edge = {"x": x, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
        line = {"color": color, "dash": dash, "width": 2.5}
        data += [
            edge | {"uid": f"low-{place}", "y": rounded(low[at])},
            edge
            | {
                "uid": f"high-{place}",
                "y": rounded(high[at]),
                "fill": "tonexty",
                "fillcolor": f"{color}{PALE}",
            },
            {"uid": f"mean-{place}", "name": name, "x": x, "y": rounded(mean[at])}
            | {"mode": "lines", "line": line, "hovertemplate": "%{y:.3g}"},
        ]
        names.append(_name(name, color, place))
    return {
        "data": data,
        "layout": {
            "xaxis": titled_axis(f"{BATCHES}, line: mean of {span}")
            | {"tickformat": ",d"}
            | ({} if bands else EMPTY),
            "yaxis": titled_axis(LOSS) | {"range": [0, top], "rangemode": "tozero"},
            "showlegend": False,
            "annotations": names,
        },
        "alt": "Loss of repeated settings, batch by batch: from the lowest to the highest as a "
        f"band, the mean as a line, for {' and '.join(bands)}.",
        "name": "digit-lab-repeats",
    }


def _name(name: str, color: str, place: int) -> dict:
    """In the upper right, where no loss lies that falls."""
    look = {"xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "top"}
    font = {"color": color, "size": 14}
    return note(f"<b>{name}</b>", 1, 1, **look, yshift=-22 * place, font=font)
