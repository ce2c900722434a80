"""A wall of small pictures that fits any screen, with tiles to click if wanted.

It shows what it is given and says which tile was clicked; it chooses and measures nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pages.ui.frontend.components import component
from pages.ui.state.visit import widget_value
from pages.ui.widgets.digits.pictures import picture

_component = component("picture_wall", '<div class="wall"></div>')


def wall(
    tiles: np.ndarray,
    names: Sequence[str],
    label: str,
    key: str,
    *,
    tile: int,
    captions: Sequence[str] | None = None,
    chosen: int = -1,
    on_choose: Callable[[int], None] | None = None,
) -> None:
    """Show the tiles in rows as wide as there is room: uint8 (N, H, W, 3) or (N, H, W), or float.

    Floats are greys in [0, 1]. names: one for each tile, for those who cannot see it. label: what
    the wall shows. tile: its least width in pixels. chosen: the tile that is marked. With
    `on_choose` tiles can be clicked: it is called with the number of the tile before the page, or
    its fragment, runs again.
    """
    count, height, width = tiles.shape[:3]

    def heard() -> None:
        clicked = widget_value(key)["clicked"]
        if isinstance(clicked, int) and 0 <= clicked < count:
            on_choose(clicked)

    data = {
        "sheet": picture(tiles.reshape(count * height, width, *tiles.shape[3:])),
        "shape": f"{width} / {height}",
        "names": list(names),
        "captions": list(captions) if captions else None,
        "label": label,
        "tile": tile,
        "chosen": chosen,
        "clickable": on_choose is not None,
    }
    _component(key=key, data=data, on_clicked_change=heard if on_choose else lambda: None)
