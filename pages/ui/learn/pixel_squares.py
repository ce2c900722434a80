"""A digit as squares with a magnifying glass of numbers: the thing to touch of the first lesson.

All of it happens in the browser, in pages/ui/frontend/pixel_squares.js; nothing comes back.
"""

from __future__ import annotations

import numpy as np

from pages.ui.frontend.components import component

HTML = """<div class="pixels">
  <div class="picture" role="application" tabindex="0"><canvas width="28" height="28"></canvas>
    <i></i></div>
  <div class="glass"><div class="readout" aria-live="polite"></div>
    <div class="near" aria-hidden="true"></div></div>
</div>"""

CSS = """
.pixels { display: flex; flex-wrap: wrap; gap: 16px; }
.picture { position: relative; flex: 2 1 270px; max-width: 460px; aspect-ratio: 1;
  align-self: flex-start; touch-action: pan-y; cursor: crosshair; border-radius: 6px; }
.picture:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
canvas { width: 100%; height: 100%; image-rendering: pixelated; border-radius: 6px;
  display: block; }
.picture::after { content: ""; position: absolute; inset: 0; pointer-events: none;
  border-radius: 6px;
  background-size: calc(100% / 28) calc(100% / 28);
  background-image: linear-gradient(to right, rgba(128, 128, 128, 0.28) 1px, transparent 1px),
    linear-gradient(to bottom, rgba(128, 128, 128, 0.28) 1px, transparent 1px); }
i { position: absolute; left: calc(100% * var(--left)); top: calc(100% * var(--top));
  width: 25%; height: 25%; box-shadow: 0 0 0 3px var(--st-primary-color); border-radius: 3px;
  pointer-events: none; z-index: 1; }
.glass { flex: 1 1 210px; max-width: 280px; }
.readout { font-size: 1.05rem; min-height: 3.4rem; white-space: pre-line; }
.near { display: grid; grid-template-columns: repeat(7, 1fr); gap: 1px; background: #444;
  border: 3px solid var(--st-primary-color); border-radius: 6px; overflow: hidden; }
.near span { aspect-ratio: 1; display: grid; place-items: center; font-size: 0.85rem;
  font-variant-numeric: tabular-nums; cursor: pointer; }
.near .here { box-shadow: inset 0 0 0 3px var(--st-primary-color); font-weight: 700; }
"""

_component = component("pixel_squares", HTML, css=CSS)


def pixel_squares(pixels: np.ndarray, key: str, label: str) -> None:
    """The squares of an image, uint8 (28, 28); label: what it shows, in words."""
    data = {
        "values": pixels.tolist(),
        "label": label,
        "says": "Row {row}, column {column} holds\n{value} of 255",
    }
    _component(key=key, data=data)
