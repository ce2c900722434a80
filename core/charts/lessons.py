"""Arrays in, charts out, for the lessons: what stands still or waits for a click.

Each function returns `data` and `layout` as Plotly knows them. It measures nothing; the charts of
a run that goes on are in core/charts/training.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from core.charts.training import PALETTE, smooth

Series = tuple[Sequence[float], Sequence[float]]  # x and y of a line
MARGIN = {"l": 55, "r": 10, "t": 15, "b": 45}
LINES = (
    *((PALETTE["blue"], "solid"), (PALETTE["orange"], "dash")),
    *((PALETTE["vermillion"], "dot"), (PALETTE["bluish green"], "dashdot")),
)
WARM, COLD = PALETTE["vermillion"], PALETTE["blue"]
NUMBERS_UP_TO = 10  # squares in a row that leave room for the number in each


def pixel_grid(pixels: np.ndarray, row: int, column: int, side: int) -> dict:
    """`side` × `side` squares of an image, uint8 (28, 28), around one; few enough: with numbers."""
    last = len(pixels) - side
    top = min(max(0, row - side // 2), last)
    left = min(max(0, column - side // 2), last)
    window = pixels[top : top + side, left : left + side]
    numbers = {"texttemplate": "%{z}", "textfont": {"size": 13}} if side <= NUMBERS_UP_TO else {}
    places = list(range(len(pixels)))
    squares = {
        "type": "heatmap",
        "z": window.tolist(),
        "x": places[left : left + side],
        "y": places[top : top + side],
        "zmin": 0,
        "zmax": 255,
        "colorscale": "Greys_r",
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "hoverinfo": "skip",
        **numbers,
    }
    rows, columns = np.mgrid[top : top + side, left : left + side]
    targets = {  # Plotly can select markers, but no squares of a heatmap
        "type": "scatter",
        "mode": "markers",
        "x": columns.ravel().tolist(),
        "y": rows.ravel().tolist(),
        "marker": {"symbol": "square", "size": 10, "opacity": 0},
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
        "customdata": np.stack([window, rows + 1, columns + 1], -1).reshape(-1, 3).tolist(),
        "hovertemplate": "row %{customdata[1]}, column %{customdata[2]}: %{customdata[0]} of 255"
        "<extra></extra>",
        "showlegend": False,
    }
    frame = {
        "type": "rect",
        "x0": column - 0.5,
        "x1": column + 0.5,
        "y0": row - 0.5,
        "y1": row + 0.5,
        "line": {"color": PALETTE["orange"], "width": 3},
    }
    return {
        "data": [squares, targets],
        "layout": {
            "height": 360,
            "margin": {"l": 30, "r": 5, "t": 5, "b": 25},
            "xaxis": {
                "range": [left - 0.5, left + side - 0.5],
                **counted(left, side),
                "constrain": "domain",
                "showgrid": False,
                "zeroline": False,
            },
            "yaxis": {
                "range": [top + side - 0.5, top - 0.5],
                **counted(top, side),
                "scaleanchor": "x",
                "constrain": "domain",
                "showgrid": False,
                "zeroline": False,
            },
            "shapes": [frame],
            "dragmode": False,
            "clickmode": "event+select",
        },
    }


def counted(first: int, side: int) -> dict:
    """The marks of an axis over squares, counted from 1 as people do; not all where many."""
    marks = list(range(first, first + side, 1 if side <= NUMBERS_UP_TO else 3))
    return {"tickvals": marks, "ticktext": [str(mark + 1) for mark in marks]}


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
                "type": "scatter",
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
                    "line": {"color": "#808080", "width": 0.5 if index else 0},
                },
                "hovertemplate": f"{name}, unit %{{customdata[1]}}<extra></extra>",
                "selected": {"marker": {"opacity": 1}},
                "unselected": {"marker": {"opacity": 1}},
            }
        )
    x, y = block_places(block, len(layers[block]))
    data.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [float(x[unit])],
            "y": [float(y[unit])],
            "marker": {"size": 18, "symbol": "circle-open", "line": {"width": 3}, "color": COLD},
            "hoverinfo": "skip",
        }
    )
    hidden = {"visible": False, "fixedrange": True}
    headings = [
        {
            "text": f"<b>{len(values)}</b><br>{KINDS[index]}",
            "x": BLOCKS[index][0] + BLOCKS[index][3] / 2,
            "y": 2.2,
            "showarrow": False,
            "font": {"size": 13},
        }
        for index, values in enumerate(layers)
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
    for color, dash, side in ((WARM, "solid", links > 0), (COLD, "dot", links < 0)):
        places = [place for place in strongest.tolist() if side[place]]
        lines.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [each for p in places for each in (float(from_x[p]), float(x[unit]), None)],
                "y": [each for p in places for each in (float(from_y[p]), float(y[unit]), None)],
                "line": {"color": color, "width": 1, "dash": dash},
                "opacity": 0.5,
                "hoverinfo": "skip",
            }
        )
    return lines


def curve_with_point(
    curve: Series,
    point: tuple[float, float],
    titles: tuple[str, str],
    tangent: Series | None = None,
    dots: Series | None = None,
) -> dict:
    """A curve, a large point on it, perhaps the tangent there and small dots of other cases."""
    data = [_line(curve, "", *LINES[0])]
    if tangent:
        data.append(_line(tangent, "", *LINES[1]))
    if dots:
        data.append(_markers(dots, PALETTE["bluish green"], 7, 0.5))
    data.append(_markers(([point[0]], [point[1]]), PALETTE["vermillion"], 15, 1))
    return {"data": data, "layout": _layout(titles, legend=False)}


def curves(lines: Mapping[str, Series], titles: tuple[str, str], top: float | None = None) -> dict:
    """Several lines, told apart by colour and dash; `top` cuts the vertical axis there."""
    data = [
        _line(series, name, *LINES[index % len(LINES)])
        for index, (name, series) in enumerate(lines.items())
    ]
    layout = _layout(titles, legend=True) | {"height": 360}
    layout["yaxis"]["rangemode"] = "tozero"
    if top is not None:
        layout["yaxis"]["range"] = [0, top]
    return {"data": data, "layout": layout}


def noisy_curve(values: Sequence[float], span: int, titles: tuple[str, str]) -> dict:
    """Every value as a thin line, and the mean of the last `span` of them as a strong one."""
    places = list(range(1, len(values) + 1))
    thin_line = _line((places, list(values)), "each batch", PALETTE["sky blue"], "solid")
    thin_line["line"]["width"] = 1
    strong = _line((places, smooth(np.array(values), span).tolist()), "mean", *LINES[2])
    strong["line"] |= {"width": 3, "dash": "solid"}
    strong["name"] = f"mean of the last {span}"
    layout = _layout(titles, legend=True)
    layout["yaxis"]["rangemode"] = "tozero"
    return {"data": [thin_line, strong], "layout": layout}


def _line(series: Series, name: str, color: str, dash: str) -> dict:
    x, y = series
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(x),
        "y": list(y),
        "name": name,
        "line": {"color": color, "dash": dash, "width": 2.5},
        "hovertemplate": "%{x:.3~g}: %{y:.3~g}",
    }


def _markers(series: Series, color: str, size: int, opacity: float) -> dict:
    x, y = series
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(x),
        "y": list(y),
        "marker": {"color": color, "size": size, "opacity": opacity},
        "hovertemplate": "%{x:.3~g}: %{y:.3~g}<extra></extra>",
    }


def _layout(titles: tuple[str, str], legend: bool) -> dict:
    below, beside = titles
    return {
        "height": 300,
        "margin": MARGIN,
        "xaxis": {"title": {"text": below}, "fixedrange": True},
        "yaxis": {"title": {"text": beside}, "fixedrange": True},
        "showlegend": legend,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
    }
