"""A picture of a digit becomes pen strokes again, so that it can be put on the drawing canvas.

core/strokes/pictures.py finds the middle of the lines; here they are followed as a pen might
have done. Nobody can tell from a picture how it was really written.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core.strokes.pictures import find_lines

MARGIN = 0.15  # share of the canvas left free on every side
BRUSH_SHARE = 1 / 11  # of the digit's longer side: MNIST's digits are 20 pixels long, pens 2

Place = tuple[int, int]  # x and y
Trail = list[Place]


def traced_drawing(pixels: np.ndarray, side: int) -> dict[str, Any]:
    """The digit on a picture as the JSON of a canvas `side` pixels wide and high.

    pixels: as core.strokes.pictures.find_lines takes them. Raises EmptyDrawing and DrawingError as
    it does.
    """
    points = find_lines(pixels).points.astype(int)
    low, high = points.min(axis=0), points.max(axis=0)
    room = side * (1 - 2 * MARGIN)
    scale = room / (high - low).max()
    shift = side / 2 - scale * (low + high) / 2
    width = BRUSH_SHARE * room
    lines = trails({(int(x), int(y)) for x, y in points})
    return {"objects": [path_object(scale * np.array(line) + shift, width) for line in lines]}


def trails(places: set[Place]) -> list[Trail]:
    """Lines that lead through all `places`, each step to a neighbour, no step taken twice.

    They begin at loose ends where there are some, and go straight on where lines cross.
    """
    steps = {place: neighbours(place, places) for place in places}
    found = []
    for begin in sorted(places, key=lambda place: (len(steps[place]) % 2 == 0, place)):
        while steps[begin]:
            found.append(follow(begin, steps))
    return found


def neighbours(place: Place, places: set[Place]) -> set[Place]:
    """The places beside this one; across a corner only where no place beside leads there."""
    x, y = place
    beside = {(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)} & places
    for across in ((x + 1, y + 1), (x + 1, y - 1), (x - 1, y + 1), (x - 1, y - 1)):
        if across in places and not {(across[0], y), (x, across[1])} & places:
            beside.add(across)
    return beside


def follow(begin: Place, steps: dict[Place, set[Place]]) -> Trail:
    """Walk on from `begin` as straight as can be until no step is left; the steps are used up."""
    trail = [begin]
    direction = (0, 0)
    while ways := steps[trail[-1]]:
        x, y = trail[-1]
        following = max(
            sorted(ways),
            key=lambda way: (way[0] - x) * direction[0] + (way[1] - y) * direction[1],
        )
        steps[trail[-1]].discard(following)
        steps[following].discard(trail[-1])
        trail.append(following)
        recent = trail[-4:]  # a few steps tell the direction better than one
        direction = (recent[-1][0] - recent[0][0], recent[-1][1] - recent[0][1])
    return trail


def path_object(points: np.ndarray, width: float) -> dict[str, Any]:
    """A stroke as the canvas keeps it: points (P, 2) in canvas pixels, P at least 2."""
    low, high = points.min(axis=0), points.max(axis=0)
    return {
        "type": "Path",
        "path": [["M", *points[0].tolist()], *(["L", *point.tolist()] for point in points[1:])],
        "left": float(low[0] + high[0]) / 2,
        "top": float(low[1] + high[1]) / 2,
        "width": float(high[0] - low[0]),
        "height": float(high[1] - low[1]),
        "originX": "center",
        "originY": "center",
        "fill": None,
        "stroke": "#000000",
        "strokeWidth": width,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
    }
