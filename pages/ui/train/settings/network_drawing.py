"""A drawing of a network: a real digit goes in on the left, ten answers come out on the right.

A larger layer has more units in the drawing, though not all of them: there is no room. Light on
dark, as digits are everywhere in the app. It shows how a network is built, not what it has learned.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from core.config import CHANNELS, CLASSES, IMAGE_SIDE, TrainingConfig
from core.demonstration import recording

ALL_SHOWN = 10  # units; of larger layers some are left out
RAYS = 9  # lines that leave the digit for each unit of the next layer
DIGIT = 5  # which of the recorded digits goes in
TOP = 18  # where the columns of units begin
STYLE = (
    "width:100%;display:block;border-radius:8px;background:#161616;"
    "box-shadow:0 0 0 1px rgba(128,128,128,0.45)"
)


@dataclass(frozen=True)
class Frame:
    """How large a drawing is, in its own units: where the columns end, the side of the digit, how
    much room is right of the answers and below, and the most units in a column."""

    width: int
    bottom: int
    tile: int
    right: int
    below: int
    most: int

    @property
    def middle(self) -> float:
        return (TOP + self.bottom) / 2


CARD = Frame(width=460, bottom=162, tile=92, right=20, below=14, most=8)
LARGE = Frame(width=560, bottom=232, tile=112, right=40, below=52, most=99)


@dataclass(frozen=True)
class Column:
    """A layer as it is drawn: what stands under it, its size, and whether it is made of filters."""

    name: str
    size: int
    filters: bool = False


def network_html(config: TrainingConfig, frame: Frame = LARGE) -> str:
    """The drawing as an image as wide as there is room, with a description in words."""
    columns = layer_columns(config)
    drawing = quote(network_svg(tuple(columns), frame))
    room = f"aspect-ratio:{frame.width}/{frame.bottom + frame.below}"
    return (
        f'<img src="data:image/svg+xml,{drawing}" alt="{description(columns)}" '
        f'style="{STYLE};{room}">'
    )


@lru_cache(maxsize=64)
def network_svg(columns: tuple[Column, ...], frame: Frame) -> str:
    """An SVG with one column for each layer; words and numbers only where there is room below."""
    first, last = frame.tile + 20, frame.width - frame.right
    places = spread(len(columns), first, last)
    heights = [unit_heights(column.size, frame) for column in columns]
    heights[0] = spread(RAYS, frame.middle - frame.tile / 2, frame.middle + frame.tile / 2)
    lines = "".join(
        f"M{x:.0f} {y:.0f}L{next_x:.0f} {next_y:.0f}"
        for x, next_x, ys, next_ys in zip(places, places[1:], heights, heights[1:], strict=False)
        for y in ys
        for next_y in next_ys
    )
    units = "".join(
        unit_svg(x, y, min(5.0, 0.42 * (frame.bottom - TOP) / len(ys)), column.filters)
        for x, column, ys in zip(places[1:], columns[1:], heights[1:], strict=True)
        for y in ys
    )
    words = labels_svg(columns, places, frame) if frame is LARGE else ""
    size = f"0 0 {frame.width} {frame.bottom + frame.below}"
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}">
      <path d="{lines}" stroke="#FFFFFF" stroke-opacity="0.16" stroke-width="0.8"/>
      <g fill="#E6E6E6">{units}</g>{digit_svg(frame)}{words}</svg>"""


def unit_svg(x: float, y: float, radius: float, is_filter: bool) -> str:
    """A circle, or a square for a filter, which hands on a whole picture."""
    if is_filter:
        side = 2 * radius
        at = f'x="{x - side / 2:.1f}" y="{y - side / 2:.1f}"'
        return f'<rect {at} width="{side:.1f}" height="{side:.1f}" rx="1"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'


def labels_svg(columns: tuple[Column, ...], places: list[float], frame: Frame) -> str:
    """How many units each layer has, and beside the last one the digits that they stand for."""
    at = [places[0] - frame.tile / 2, *places[1:]]
    said = "".join(
        f'<text x="{x:.0f}" y="{frame.bottom + 26}" font-size="16" font-weight="bold">'
        f'{column.size:,}</text><text x="{x:.0f}" y="{frame.bottom + 42}" font-size="12">'
        f"{column.name}</text>"
        for x, column in zip(at, columns, strict=True)
    )
    left_out = "".join(
        f'<text x="{x:.0f}" y="{frame.middle + 5:.0f}" font-size="16">⋮</text>'
        for x, column in zip(at[1:], columns[1:], strict=True)
        if column.size > ALL_SHOWN
    )
    digits = "".join(
        f'<text x="{places[-1] + 18:.0f}" y="{y + 5:.0f}" font-size="14">{digit}</text>'
        for digit, y in enumerate(unit_heights(CLASSES, frame))
    )
    font = 'text-anchor="middle" font-family="sans-serif"'
    return f'<g fill="#E6E6E6" {font}>{said}{left_out}{digits}</g>'


def digit_svg(frame: Frame) -> str:
    """A digit that somebody wrote with a pen, in the middle of the left side."""
    strokes = recording.load().digits[DIGIT].strokes
    points = [point for stroke in strokes for point in stroke]
    left, top = (min(point[axis] for point in points) for axis in (0, 1))
    right, bottom = (max(point[axis] for point in points) for axis in (0, 1))
    scale = 0.7 * frame.tile / max(right - left, bottom - top)
    x = 20 + frame.tile / 2 - scale * (left + right) / 2
    y = frame.middle - scale * (top + bottom) / 2
    path = "".join("M" + "L".join(f"{a:g} {b:g}" for a, b in stroke) for stroke in strokes)
    edge = f'x="20" y="{frame.middle - frame.tile / 2:.0f}" width="{frame.tile}" rx="6"'
    return (
        f'<rect {edge} height="{frame.tile}" stroke="#FFFFFF" stroke-opacity="0.35"/>'
        f'<path d="{path}" transform="translate({x:.1f} {y:.1f}) scale({scale:.3f})" fill="none" '
        f'stroke="#FFFFFF" stroke-width="{7 / scale:.1f}" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )


def layer_columns(config: TrainingConfig) -> list[Column]:
    """The layers from left to right."""
    columns = [Column("pixels", IMAGE_SIDE**2)]
    if config.architecture == "conv":
        columns += [
            Column(f"filters {number}", size, filters=True)
            for number, size in enumerate(CHANNELS, start=1)
        ]
    columns += [Column(f"hidden {n}", size) for n, size in enumerate(config.hidden_sizes, start=1)]
    return [*columns, Column("answers", CLASSES)]


def unit_heights(size: int, frame: Frame) -> list[float]:
    """Where the units of a column stand; the middle stays free when not all are shown.

    Each doubling of the layer adds two units, up to the most that the frame has room for.
    """
    if size <= ALL_SHOWN:
        gap = (frame.bottom - TOP) / ALL_SHOWN
        return [frame.middle + (unit - (size - 1) / 2) * gap for unit in range(size)]
    shown = min(ALL_SHOWN + 2 * round(math.log2(size / ALL_SHOWN)), frame.most)
    places = spread(shown + 1, TOP, frame.bottom)
    return places[: shown // 2] + places[shown // 2 + 1 :]


def spread(count: int, low: float, high: float) -> list[float]:
    """Evenly from low to high; count is at least two."""
    return [low + (high - low) * place / (count - 1) for place in range(count)]


def description(columns: list[Column]) -> str:
    """The drawing in words."""
    return "A network: " + ", then ".join(f"{each.size:,} {each.name}" for each in columns)
