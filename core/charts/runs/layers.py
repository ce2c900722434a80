"""A network as a picture so small that it stands in a row of a list. Numbers in, SVG out.

Black on nothing: as a mask it takes any colour. The large drawing is Train's own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

HEIGHT, STEP, BAR = 24, 8, 5  # of the picture; from one layer to the next; of a layer, across
LARGEST = 1_000  # units: from there on a layer is as high as the picture


def layers_svg(units: Sequence[int], filters: Sequence[int] = ()) -> str:
    """One bar for each layer from left to right, the larger the higher; squares for filters.

    units: of the layers, the picture's 784 pixels first. filters: of the layers of filters that
    come right after the pixels.
    """
    first, *others = units
    bars = [_bar(0, first)]
    bars += [_squares(place) for place in range(1, len(filters) + 1)]
    bars += [_bar(place, size) for place, size in enumerate(others, start=len(filters) + 1)]
    width = STEP * len(bars)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}">'
        f"{''.join(bars)}</svg>"
    )


def _bar(place: int, units: int) -> str:
    """Ten times the units are a third of the height more."""
    height = HEIGHT * min(1.0, math.log10(max(2, units)) / math.log10(LARGEST))
    top = (HEIGHT - height) / 2
    return f'<rect x="{STEP * place}" y="{top:.1f}" width="{BAR}" height="{height:.1f}" rx="1.5"/>'


def _squares(place: int) -> str:
    """Three, one below the other: a layer of filters hands on pictures."""
    gap = HEIGHT / 3
    return "".join(
        f'<rect class="filter" x="{STEP * place}" y="{(row + 0.5) * gap - BAR / 2:.1f}" '
        f'width="{BAR}" height="{BAR}"/>'
        for row in range(3)
    )
