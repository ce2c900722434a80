"""The tutorial network as dots, lit by what they hand on: the thing to touch of two lessons.

It shows what core.charts.lessons.network_map hands over and says which unit was chosen. How it is
painted is in pages/ui/frontend/network_dots.js.
"""

from __future__ import annotations

from collections.abc import Callable

from pages.ui.frontend.components import component
from pages.ui.state.visit import widget_value

CSS = """
.dots { background: #161616; border-radius: 8px; padding: 4px; }
.dots:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
svg { display: block; width: 100%; aspect-ratio: 660 / 400; touch-action: manipulation;
  max-height: max(15rem, 100vh - 26.5rem); }
svg.clickable { cursor: pointer; }
text { fill: #FFFFFF; }
circle { stroke: rgba(255, 255, 255, 0.35); }
.head { text-anchor: middle; }
.strong, .best { font-weight: 700; }
.word { font-variant-numeric: tabular-nums; }
line { stroke-width: 1.4; opacity: 0.75; }
line.takes { stroke-dasharray: 2 3; }
.ring { fill: none; stroke: #FFFFFF; stroke-width: 2.5; }
.fresh { animation: light var(--wave) ease-out; }
@keyframes light { from { opacity: 0; } }
"""

_component = component(
    "network_dots", '<div class="dots"></div>', css=CSS, scripts=("network_dots.js", "tiles.js")
)


def network_dots(
    drawn: dict, key: str, label: str, on_choose: Callable[[int, int], None] | None = None
) -> None:
    """The dots of `drawn`, what `network_map` returns; label: what they show, in words.

    With `on_choose` a unit can be clicked: it is called with its block, from 1, and its number,
    from 0, before the fragment runs again.
    """

    def heard() -> None:
        block, unit = map(int, widget_value(key)["chosen"])
        if 0 < block < len(drawn["layers"]) and 0 <= unit < len(drawn["layers"][block]["values"]):
            on_choose(block, unit)

    name = "The tutorial network"  # and not the one in use, whose name stands above every page
    data = drawn | {"name": name, "label": label, "clickable": on_choose is not None}
    _component(key=key, data=data, on_chosen_change=heard if on_choose else lambda: None)
