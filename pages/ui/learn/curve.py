"""A curve with a ball on it that people drag: the large thing to touch of several lessons.

It shows what it is given and says where the ball was put; what it means is the lesson's business.
How it is painted is in pages/ui/frontend/curve.js.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pages.ui.frontend.components import component
from pages.ui.state.visit import widget_value

Line = tuple[list[float], list[float]]  # x and y of its points

HTML = """<div class="curve">
  <div class="readout"></div>
  <div class="plot" role="slider" tabindex="0"></div>
</div>"""

CSS = """
.readout { font-size: 1.5rem; font-weight: 600; min-height: 2.2rem;
  font-variant-numeric: tabular-nums; }
.plot { height: clamp(18rem, 100vh - 19rem - var(--above), 30rem); border-radius: 8px;
  touch-action: pan-y; user-select: none; cursor: ew-resize; }
.plot:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
svg { width: 100%; height: 100%; display: block; }
text { font-size: 13px; fill: var(--st-text-color); opacity: 0.8; }
text.title { font-size: 14px; opacity: 1; }
.grid { stroke: rgba(128, 128, 128, 0.3); }
.line, .tangent, .guide { fill: none; stroke-linejoin: round; stroke: var(--st-text-color); }
.line { stroke-width: 3.5; }
.tangent { stroke: var(--st-primary-color); stroke-width: 3; stroke-dasharray: 9 6; }
.guide { stroke-width: 1.5; stroke-dasharray: 3 4; opacity: 0.6; }
.ball { fill: var(--st-primary-color); stroke: var(--st-background-color); stroke-width: 3; }
.hold { fill: none; stroke: var(--st-background-color); stroke-width: 2; stroke-linecap: round; }
@media (max-width: 640px) { .plot { height: 19rem; } .readout { font-size: 1.25rem; } }
"""

_component = component("curve", HTML, css=CSS)


def draggable_curve(
    line: Line,
    at: tuple[float, float],
    key: str,
    *,
    handle: str,
    says: str,
    titles: tuple[str, str],
    decimals: tuple[int, int],
    turn: str = "",
    tangent: Line | None = None,
    top: float | None = None,
    above: float = 0,
    on_move: Callable[[float], None] | None = None,
) -> None:
    """The curve through the points of `line`, and the ball, at first on the point `at`.

    handle: what one moves, for those who cannot see it; says: the words above, with {x} and {y} of
    the ball, rounded to so many decimals; titles: of the axes, below and beside; turn: the ball
    goes to `at` once this changes; top: where the axis beside ends; above: rem of what stands over
    it, so that the whole fits a screen. `on_move` is called with the x of the point to which the
    ball was moved, before the fragment runs again.
    """

    def heard() -> None:
        moved = widget_value(key)["moved"]
        if isinstance(moved, int | float) and line[0][0] <= moved <= line[0][-1]:
            on_move(float(moved))

    data: dict[str, Any] = {
        "x": line[0],
        "y": line[1],
        "at": {"x": at[0], "y": at[1]},
        "handle": handle,
        "says": says,
        "titles": titles,
        "decimals": decimals,
        "turn": turn,
        "tangent": tangent and {"x": list(tangent[0]), "y": list(tangent[1])},
        "top": top,
        "above": above,
        "sends": on_move is not None,
    }
    _component(key=key, data=data, on_moved_change=heard if on_move else lambda: None)
