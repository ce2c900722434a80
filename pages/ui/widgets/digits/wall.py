"""A wall of small pictures that fits any screen, with tiles to click if wanted.

It shows what it is given and says which tile was clicked; it chooses and measures nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st

from pages.ui.state.visit import widget_value
from pages.ui.widgets.digits.pictures import picture

HTML = '<div class="wall"></div>'

CSS = """
.wall { display: grid; gap: 4px; padding: 3px;
  grid-template-columns: repeat(auto-fill, minmax(var(--tile), 1fr)); }
button, span { padding: 0; border: none; background: none; font: inherit; display: block;
  color: var(--st-text-color); }
button { cursor: pointer; }
i { display: block; width: 100%; background-image: var(--sheet); image-rendering: pixelated;
  border-radius: 3px; box-shadow: 0 0 0 1px rgba(128, 128, 128, 0.45); }
small { display: block; text-align: center; line-height: 1.5; }
small[hidden] { display: none; }
button:hover i, button:focus-visible i { box-shadow: 0 0 0 2px var(--st-primary-color); }
button:focus-visible { outline: none; }
button[aria-pressed="true"] i { box-shadow: 0 0 0 3px var(--st-primary-color); }
"""

# All tiles come as one picture, one below the other. Tab leads to the wall, arrow keys lead on.
JS = """
export default ({ parentElement, data, setTriggerValue }) => {
  const wall = parentElement.querySelector(".wall");
  const { names, captions, clickable } = data;
  wall.setAttribute("role", clickable ? "group" : "img");
  wall.setAttribute("aria-label", data.label);
  wall.style.setProperty("--tile", `${data.tile}px`);
  wall.style.setProperty("--sheet", `url(${data.sheet})`);
  if (wall.childElementCount !== names.length) {
    wall.replaceChildren(...names.map(() => {
      const tile = document.createElement(clickable ? "button" : "span");
      tile.append(document.createElement("i"), document.createElement("small"));
      return tile;
    }));
  }
  // Tiles stay when what they show changes: whoever is on one with the keyboard stays there.
  [...wall.children].forEach((tile, index) => {
    const [image, caption] = tile.children;
    image.style.aspectRatio = data.shape;
    image.style.backgroundSize = `100% ${names.length * 100}%`;
    image.style.backgroundPositionY = `${(100 * index) / Math.max(1, names.length - 1)}%`;
    tile.title = names[index];
    caption.textContent = captions ? captions[index] : "";
    caption.hidden = !captions;
  });
  if (!clickable) return;
  const tiles = [...wall.children];
  const mark = (chosen) => tiles.forEach((tile, index) => {
    tile.setAttribute("aria-pressed", index === chosen);
    tile.tabIndex = index === Math.max(0, chosen) ? 0 : -1;
  });
  mark(data.chosen);
  tiles.forEach((tile, index) => {
    tile.setAttribute("aria-label", names[index]);
    tile.onclick = () => { mark(index); setTriggerValue("clicked", index); };
    tile.onkeydown = ({ key }) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
      if (!step) return;
      tiles[(index + step + tiles.length) % tiles.length].focus();
    };
  });
};
"""

_component = st.components.v2.component("digitlab_wall", html=HTML, css=CSS, js=JS)


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
