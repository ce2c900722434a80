"""The tutorial network as dots, to be clicked; in Plotly's terms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.charts.palette import PALETTE
from core.charts.parts import note

# Where the blocks of the drawn network stand: left edge, columns, rows, width, of a height of 20.
BLOCKS = ((0.0, 28, 28, 9.0), (11.5, 5, 20, 4.0), (18.0, 4, 13, 3.0), (23.5, 1, 10, 0.0))
KINDS = ("pixels", "units", "units", "answers")  # what each block is made of


def block_places(block: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """x and y, (count,), of the dots of a block of the drawn network, row by row from the top."""
    left, columns, rows, width = BLOCKS[block]
    row, column = np.divmod(np.arange(count), columns)
    return left + width * column / max(1, columns - 1), -20 * row / (rows - 1)


def network_map(
    layers: Sequence[np.ndarray], names: Sequence[str], chosen: tuple[int, int], links: np.ndarray
) -> dict:
    """The tutorial network as dots, as bright as what they hand on, to be clicked.

    layers: float (784,), (100,), (50,), (10,). chosen: block 1 to 3 and unit. links: float (n,),
    what each unit of the block before adds to the chosen one; the largest are drawn as lines.
    """
    block, unit = chosen
    last = len(layers) - 1
    data = _links(block, unit, links)
    for index, (values, name) in enumerate(zip(layers, names, strict=True)):
        x, y = block_places(index, len(values))
        scale = float(np.abs(values).max()) or 1.0
        data.append(
            {
                "mode": "markers+text" if index == last else "markers",
                "x": x.tolist(),
                "y": y.tolist(),
                "text": [str(place) for place in range(len(values))] if index == last else [],
                "textposition": "middle right",
                "customdata": [[index, place] for place in range(len(values))],
                "marker": {
                    "symbol": "circle" if index else "square",
                    "size": (4, 9, 9, 13)[index],
                    "color": (np.clip(values, 0, None) / scale).round(3).tolist(),
                    "colorscale": [[0, "rgba(128, 128, 128, 0.25)"], [1, PALETTE["vermillion"]]],
                    "line": {"color": PALETTE["grey"], "width": 0.5 if index else 0},
                },
                "hovertemplate": f"{name}, unit %{{customdata[1]}}<extra></extra>",
                "selected": {"marker": {"opacity": 1}},
                "unselected": {"marker": {"opacity": 1}},
            }
        )
    x, y = block_places(block, len(layers[block]))
    ring = {"size": 18, "symbol": "circle-open", "line": {"width": 3}}
    data.append(
        {
            "mode": "markers",
            "x": [float(x[unit])],
            "y": [float(y[unit])],
            "marker": ring | {"color": PALETTE["blue"]},
            "hoverinfo": "skip",
        }
    )
    hidden = {"visible": False, "fixedrange": True}
    headings = [
        note(f"<b>{len(values)}</b><br>{kind}", left + width / 2, 2.2, font={"size": 13})
        for values, kind, (left, _, _, width) in zip(layers, KINDS, BLOCKS, strict=True)
    ]
    return {
        "data": data,
        "layout": {
            "height": 355,
            "margin": {"l": 5, "r": 5, "t": 5, "b": 5},
            "xaxis": hidden | {"range": [-1, 25.5]},
            "yaxis": hidden | {"range": [-21, 4]},
            "showlegend": False,
            "annotations": headings,
            "dragmode": False,
            "clickmode": "event+select",
        },
    }


def _links(block: int, unit: int, links: np.ndarray, most: int = 30) -> list[dict]:
    """Lines from the strongest units of the block before: orange adds, blue takes away."""
    x, y = block_places(block, unit + 1)
    from_x, from_y = block_places(block - 1, len(links))
    strongest = np.argsort(-np.abs(links), kind="stable")[:most]
    lines = []
    for color, dash, side in (
        (PALETTE["vermillion"], "solid", links > 0),
        (PALETTE["blue"], "dot", links < 0),
    ):
        places = [place for place in strongest.tolist() if side[place]]
        lines.append(
            {
                "mode": "lines",
                "x": [each for p in places for each in (float(from_x[p]), float(x[unit]), None)],
                "y": [each for p in places for each in (float(from_y[p]), float(y[unit]), None)],
                "line": {"color": color, "width": 1, "dash": dash},
                "opacity": 0.5,
                "hoverinfo": "skip",
            }
        )
    return lines
