"""A picture of a digit becomes pen strokes again, so that it can be put on the drawing canvas.

core/strokes/pictures.py finds the middle of the lines; here they are followed as a pen might
have done. Nobody can tell from a picture how it was really written.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core.strokes.paths import drawing_of
from core.strokes.pictures import find_lines

Place = tuple[int, int]  # x and y
Trail = list[Place]


def traced_drawing(pixels: np.ndarray, side: int) -> dict[str, Any]:
    """The digit on a picture as the JSON of a canvas `side` pixels wide and high.

    pixels: as core.strokes.pictures.find_lines takes them. Raises EmptyDrawing and DrawingError as
    it does.
    """
    points = find_lines(pixels).points.astype(int)
    return drawing_of(trails({(int(x), int(y)) for x, y in points}), side)


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
