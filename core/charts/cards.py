"""The small pictures on Home that lead to the pages. Arrays in; PNG arrays or SVG texts out.

All are light on dark, as digits are everywhere in the app.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.charts.palette import PALETTE

WIDTH, HEIGHT = 120, 90  # of a picture made of lines, in its own units
MARGIN = 8
OFF = 22  # the grey of a cell in which nothing is


def curve_svg(values: Sequence[float], window: int = 8) -> str:
    """Numbers of at least zero as a falling or rising line, in grey, its running mean coloured.

    The axis below is zero. window: how many numbers, up to each one, its mean is of.
    """
    axis = f"M{MARGIN} {MARGIN}V{HEIGHT - MARGIN}H{WIDTH - MARGIN}"
    summed = np.cumsum(np.r_[0.0, values])
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(0, ends - window)
    mean = (summed[ends] - summed[starts]) / (ends - starts)
    thin, thick = (_polyline(_spread(np.asarray(line), max(values))) for line in (values, mean))
    return _svg(
        f'<path d="{axis}" stroke="#FFFFFF" opacity="0.5"/>'
        f'<path d="{thin}" stroke="#FFFFFF" opacity="0.35"/>'
        f'<path d="{thick}" stroke="{PALETTE["sky blue"]}" stroke-width="2.5"/>'
    )


def scores_svg(scores: Sequence[tuple[float, str, str]]) -> str:
    """Two shares from 0 to 1, each as whose it is, its words in large type, a bar that it fills."""
    row, room, drawn = (HEIGHT - MARGIN) / 2, WIDTH - 2 * MARGIN, ""
    for place, (share, words, whose) in enumerate(scores):
        down = (place + 1) * row
        drawn += (
            f'<text x="{MARGIN}" y="{down - 30}" font-size="10" font-weight="400">{whose}</text>'
        )
        drawn += f'<text x="{MARGIN}" y="{down - 8}">{words}</text>'
        for length, colour in ((1, "#606060"), (share, "#FFFFFF")):
            line = f"M{MARGIN} {down - 2}h{length * room:.1f}"
            drawn += f'<path d="{line}" stroke="{colour}" stroke-width="4" stroke-linecap="butt"/>'
    font = 'fill="#FFFFFF" font-family="Source Sans, sans-serif" font-size="24" font-weight="700"'
    return _svg(f"<g {font}>{drawn}</g>")


def strokes_svg(strokes: Sequence[Sequence[Sequence[float]]]) -> str:
    """Pen strokes, points [x, y] with y down, as thick lines in the middle of the picture."""
    points = np.concatenate([np.asarray(stroke, float) for stroke in strokes])
    low, extent = points.min(0), np.ptp(points, axis=0)
    room = np.array([WIDTH, HEIGHT]) - 4 * MARGIN
    scale = (room / np.maximum(extent, 1e-9)).min()
    corner = (np.array([WIDTH, HEIGHT]) - scale * extent) / 2
    lines = [_polyline((np.asarray(each, float) - low) * scale + corner) for each in strokes]
    return _svg(f'<path d="{" ".join(lines)}" stroke="#FFFFFF" stroke-width="8"/>')


def confusion_picture(confusion: np.ndarray) -> np.ndarray:
    """int (10, 10), rows the true digit -> uint8 (10, 10, 3): blue where right, orange where wrong.

    The root of each row's shares is shown, so that rare mistakes can be seen at all.
    """
    shares = confusion / np.maximum(confusion.sum(1, keepdims=True), 1)
    strength = np.sqrt(shares)[..., None]
    right, wrong = (_rgb(PALETTE[name]) for name in ("sky blue", "orange"))
    colours = np.where(np.eye(len(confusion), dtype=bool)[..., None], right, wrong)
    return (OFF * (1 - strength) + colours * strength).round().astype(np.uint8)


def _spread(values: np.ndarray, top: float) -> np.ndarray:
    """Values from 0 to `top` as points (N, 2) from left to right."""
    along = np.linspace(MARGIN, WIDTH - MARGIN, len(values))
    down = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * values / (top or 1)
    return np.stack([along, down], axis=1)


def _polyline(points: np.ndarray) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _svg(content: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" '
        f'stroke-linecap="round" stroke-linejoin="round">{content}</svg>'
    )


def _rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)])
