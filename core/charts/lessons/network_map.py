"""The tutorial network as dots: where they stand, how bright they are, which lines join them.

Arrays in, plain numbers out; the colours and the painting are the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# The blocks of the drawn network from 0 to 1: left edge, right edge, columns, rows, size of a dot.
BLOCKS = (
    (0.01, 0.46, 28, 28, 0.0068),
    (0.54, 0.68, 5, 20, 0.0105),
    (0.745, 0.83, 4, 13, 0.0125),
    (0.91, 0.91, 1, 10, 0.018),
)
HEADS = ("pixels", "hidden 1", "hidden 2", "answers")
MOST_LINKS = 30  # lines drawn to a unit


def network_map(
    layers: Sequence[np.ndarray],
    words: Sequence[str],
    *,
    chosen: tuple[int, int] | None = None,
    links: np.ndarray | None = None,
    lit: int = len(BLOCKS),
) -> dict:
    """The dots of the tutorial network, as plain lists and numbers.

    layers: float (784,), (100,), (50,), (10,), what each unit hands on. words: beside the ten
    answers; the largest is the best. chosen: block 1 to 3 and unit. links: float (n,), what each
    unit of the block before adds to it; the largest become lines. lit: so many layers have numbers
    already, the others are dark.
    """
    drawn = [
        {
            "places": _places(block, len(values)),
            "values": _brightness(values),
            "head": [str(len(values)), head],
        }
        for block, (values, head) in enumerate(zip(layers, HEADS, strict=True))
    ]
    drawn[-1] |= {"words": list(words), "best": int(np.argmax(layers[-1]))}
    return {
        "layers": drawn,
        "chosen": list(chosen) if chosen else None,
        "links": strongest(links) if links is not None else [],
        "lit": lit,
    }


def strongest(links: np.ndarray, most: int = MOST_LINKS) -> list[tuple[int, str]]:
    """The largest of what the units before add, (n,): which unit, and whether it adds or takes."""
    order = np.argsort(-np.abs(links), kind="stable")[:most].tolist()
    return [(place, "adds" if links[place] > 0 else "takes") for place in order if links[place]]


def _places(block: int, count: int) -> dict:
    """x and y, from 0 to 1, of the dots of a block, row by row; its edges; the size of a dot."""
    left, right, columns, rows, size = BLOCKS[block]
    row, column = np.divmod(np.arange(count), columns)
    x = left + (right - left) * column / max(1, columns - 1)
    y = row / (rows - 1)
    return {
        "x": x.round(4).tolist(),
        "y": y.round(4).tolist(),
        "left": left,
        "right": right,
        "size": size,
    }


def _brightness(values: np.ndarray) -> list[int]:
    """Per cent of the largest value; what is below zero is dark."""
    largest = float(np.abs(values).max()) or 1.0
    return (100 * np.clip(values, 0, None) / largest).round().astype(int).tolist()
