"""A drawing of a network: its layers from left to right, as many units as there is room for."""

from __future__ import annotations

import base64

from core.config import CHANNELS, CLASSES, IMAGE_SIDE, TrainingConfig

WIDTH, HEIGHT = 560, 190
MOST_UNITS = 9  # circles in a column; larger layers are shown with a gap in the middle
TOP, BOTTOM = 14, 150  # where the columns of circles begin and end


def network_svg(config: TrainingConfig) -> str:
    """An SVG in colours that show on light and on dark."""
    columns = layer_columns(config)
    step = WIDTH / len(columns)
    places = [step * (index + 0.5) for index in range(len(columns))]
    circles = [unit_heights(size) for _, size in columns]
    lines = "".join(
        f'<line x1="{x:.0f}" y1="{y:.0f}" x2="{next_x:.0f}" y2="{next_y:.0f}"/>'
        for x, heights, next_x, next_heights in zip(
            places, circles, places[1:], circles[1:], strict=False
        )
        for y in heights
        for next_y in next_heights
    )
    units = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="5"/>'
        for x, heights in zip(places, circles, strict=True)
        for y in heights
    )
    dots = "".join(
        f'<text x="{x:.0f}" y="{(TOP + BOTTOM) / 2 + 4:.0f}">⋮</text>'
        for x, (_, size) in zip(places, columns, strict=True)
        if size > MOST_UNITS
    )
    labels = "".join(
        f'<text x="{x:.0f}" y="{BOTTOM + 20}" font-weight="bold">{size:,}</text>'
        f'<text x="{x:.0f}" y="{BOTTOM + 35}" font-size="11">{name}</text>'
        for x, (name, size) in zip(places, columns, strict=True)
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">
      <g stroke="#808080" stroke-opacity="0.25" stroke-width="0.7">{lines}</g>
      <g fill="#56B4E9" stroke="#0072B2">{units}</g>
      <g fill="#808080" text-anchor="middle" font-size="13" font-family="sans-serif">
      {dots}{labels}</g></svg>"""


def network_html(config: TrainingConfig) -> str:
    """The drawing as an image as wide as there is room, with a description in words."""
    encoded = base64.b64encode(network_svg(config).encode()).decode("ascii")
    return (
        f'<img src="data:image/svg+xml;base64,{encoded}" alt="{description(layer_columns(config))}"'
        f' style="width:100%;max-width:{WIDTH}px">'
    )


def layer_columns(config: TrainingConfig) -> list[tuple[str, int]]:
    """What stands under each column, and how many units it has."""
    columns = [("inputs", IMAGE_SIDE**2)]
    if config.architecture == "conv":
        columns += [(f"filters {number}", size) for number, size in enumerate(CHANNELS, start=1)]
    columns += [(f"hidden {n}", size) for n, size in enumerate(config.hidden_sizes, start=1)]
    return [*columns, ("answers", CLASSES)]


def unit_heights(size: int) -> list[float]:
    """Where the circles of a column stand; the middle stays free when not all are shown."""
    if size <= MOST_UNITS:
        gap = (BOTTOM - TOP) / MOST_UNITS
        middle = (TOP + BOTTOM) / 2
        return [middle + (unit - (size - 1) / 2) * gap for unit in range(size)]
    gap = (BOTTOM - TOP) / (MOST_UNITS - 1)
    shown = [unit for unit in range(MOST_UNITS) if unit != MOST_UNITS // 2]
    return [TOP + unit * gap for unit in shown]


def description(columns: list[tuple[str, int]]) -> str:
    """The drawing in words."""
    return "A network: " + ", then ".join(f"{size:,} {name}" for name, size in columns)
