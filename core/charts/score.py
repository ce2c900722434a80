"""A score as small pictures: a hundred dots, or with its interval on a scale. Numbers in, SVG out.

All are black on nothing: as a mask they take any colour, so that they suit a light page and a dark
one.
"""

from __future__ import annotations

from math import sqrt

ROW = 10  # dots in a row, and rows
STEP, RADIUS = 10, 3.8  # units between two dots, and of each
WIDTH, HEIGHT = 240, 20  # of the scale, in its own units
STARTS = (0, 50, 80, 90, 95, 98, 99)  # per cent at which a scale may begin


def hundred_dots(share: float) -> str:
    """A share, 0 to 1, as so many of 100 filled dots; the dot in which it ends is partly filled.

    So that 99.9 % never looks like all, and none never like some.
    """
    dots = []
    for number in range(ROW * ROW):
        row, column = divmod(number, ROW)
        x, y = (column + 0.5) * STEP, (row + 0.5) * STEP
        filled = min(1.0, max(0.0, 100 * share - number))
        dots.append(_dot(x, y, filled))
    side = ROW * STEP
    return _svg(side, side, "".join(dots))


def open_ring() -> str:
    """One dot of the hundred, empty."""
    return _svg(STEP, STEP, _dot(STEP / 2, STEP / 2, 0))


def _dot(x: float, y: float, filled: float) -> str:
    """A dot of which this share is filled, from the left; the rest is a ring."""
    if filled == 1:
        return f'<circle class="full" cx="{x:g}" cy="{y:g}" r="{RADIUS}" fill="black"/>'
    ring = (
        f'<circle class="ring" cx="{x:g}" cy="{y:g}" r="{RADIUS - 0.4:g}" fill="none" '
        'stroke="black" stroke-width="0.8" opacity="0.7"/>'
    )
    if filled == 0:
        return ring
    across = RADIUS * (2 * filled - 1)  # from the middle to where it is cut
    up = sqrt(RADIUS**2 - across**2)
    arc = f"A{RADIUS} {RADIUS} 0 {int(across > 0)} 0 {x + across:.3f} {y + up:.3f}"
    return f'{ring}<path class="part" d="M{x + across:.3f} {y - up:.3f}{arc}Z" fill="black"/>'


def scale_start(low: float) -> int:
    """Where a scale that ends at 100 % begins, in per cent, so that the interval has room.

    low: the lower end of the interval, 0 to 1.
    """
    return max(start for start in STARTS if start == 0 or 100 * low >= start + (100 - start) / 10)


def interval_band(accuracy: float, low: float, high: float, start: float) -> str:
    """An interval as a band on a scale from `start` per cent to 100 %, the score as a line in it.

    All others are shares, 0 to 1.
    """
    left, right, middle = (_place(share, start) for share in (low, high, accuracy))
    return _svg(
        WIDTH,
        HEIGHT,
        f'<rect y="9" width="{WIDTH}" height="2" opacity="0.35"/>'
        f'<rect class="band" x="{left:.1f}" y="4" width="{max(1.0, right - left):.1f}" '
        'height="12" rx="3" opacity="0.45"/>'
        f'<rect class="score" x="{middle - 1:.1f}" y="0" width="2" height="20"/>',
    )


def dot_on_scale(accuracy: float, low: float, high: float, start: float) -> str:
    """A score as a dot, its interval as a bar, on a scale from `start` per cent to 100 %.

    All others are shares, 0 to 1. With one `start` for all, several can be compared.
    """
    left, right, middle = (_place(share, start) for share in (low, high, accuracy))
    return _svg(
        WIDTH,
        HEIGHT,
        f'<rect y="9.5" width="{WIDTH}" height="1" opacity="0.35"/>'
        f'<rect class="band" x="{left:.1f}" y="5" width="{max(1.0, right - left):.1f}" '
        'height="10" rx="3" opacity="0.45"/>'
        f'<circle class="score" cx="{middle:.1f}" cy="10" r="4"/>',
    )


def _place(share: float, start: float) -> float:
    """Where a share, 0 to 1, lies on a scale from `start` per cent to 100 %."""
    return WIDTH * (100 * share - start) / (100 - start)


def _svg(width: int, height: int, content: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{content}</svg>'
