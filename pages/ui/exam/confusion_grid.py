"""The confusion matrix as a component: ten by ten pictures, of which one can be clicked.

How it is drawn is in pages/ui/frontend/confusion.js. What the numbers are, the caller says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from core.config import CLASSES
from pages.ui.frontend.components import component
from pages.ui.state.visit import widget_value
from pages.ui.widgets.digits.pictures import picture

SMALLEST, LARGEST = 0.6, 0.94  # of a cell's width: the rarest mistakes, and the most frequent one
RIGHT = 0.56  # of it: right answers, under which a long number stands

HTML = """<div class="axis">what it answered</div>
<div class="frame"><div class="axis beside">the digit it was</div>
<div class="grid" role="group"></div></div>"""

# As large as there is room beside the card, on a high screen; to be read from the back of a room.
CSS = """
.frame, .axis { max-width: max(20rem, 100vh - 16.25rem); }
.frame { display: grid; grid-template-columns: 1.1rem minmax(0, 1fr); }
.axis { text-align: center; font-size: 0.85rem; line-height: 1.1rem; }
.beside { writing-mode: vertical-rl; transform: rotate(180deg); }
.grid { display: grid; gap: 2px; grid-template-columns: 0.9rem repeat(10, minmax(0, 1fr)); }
.heading { display: flex; align-items: center; justify-content: center; font-weight: 700;
  font-size: 1.15rem; font-variant-numeric: tabular-nums; line-height: 1.3; }
.cell { position: relative; aspect-ratio: 1; padding: 0; border: none; font: inherit;
  border-radius: var(--tile-radius); color: var(--st-text-color);
  background: rgba(128, 128, 128, 0.13); display: flex;
  align-items: center; justify-content: center; cursor: pointer; }
.cell:disabled { cursor: default; }
.right { background: rgba(128, 128, 128, 0.5); }
i { display: block; aspect-ratio: 1; background-image: var(--sheet); image-rendering: pixelated;
  border-radius: var(--tile-radius); box-shadow: var(--tile-frame); }
.right small { right: 50%; transform: translateX(50%); }
i[hidden], small[hidden] { display: none; }
small { position: absolute; right: 0; bottom: 0; font-size: 0.75rem; line-height: 1.2;
  padding: 0 2px; border-radius: 3px; background: var(--st-background-color);
  font-variant-numeric: tabular-nums; }
.cell:enabled:hover, .cell:focus-visible { outline: 2px solid var(--st-primary-color); z-index: 1; }
.cell[aria-pressed="true"] { outline: 3px solid var(--st-primary-color); z-index: 1; }
.beside + .grid { container-type: inline-size; }
@container (max-width: 400px) { .cell { aspect-ratio: auto; height: 42px; } }
"""

_component = component("confusion", HTML, css=CSS, scripts=("confusion.js", "short_name.js"))


def confusion_grid(
    counts: np.ndarray,
    images: np.ndarray,
    places: np.ndarray,
    names: Sequence[str],
    label: str,
    key: str,
    *,
    chosen: Sequence[int],
    on_choose: Callable[[int, int], None],
) -> None:
    """Ten by ten cells: rows the true digit, columns the answer.

    counts: int (10, 10); images: uint8 (N, 28, 28); places: int (10, 10), which of them stands in a
    cell, -1 for none; names: of the 100 cells in words, row by row; label: the matrix in words;
    chosen: numbers of cells, 0 to 99. `on_choose` is called with the digit and the answer before
    the page, or its fragment, runs again.
    """

    def heard() -> None:
        cell = widget_value(key)["clicked"]
        if type(cell) is int and 0 <= cell < CLASSES * CLASSES:
            on_choose(*divmod(cell, CLASSES))

    data = {
        "sheet": picture(images.reshape(-1, images.shape[-1])),
        "tiles": len(images),
        "counts": counts.ravel().tolist(),
        "places": places.ravel().tolist(),
        "sizes": sizes(counts).ravel().tolist(),
        "names": list(names),
        "label": label,
        "chosen": list(chosen),
    }
    _component(key=key, data=data, on_clicked_change=heard)


def sizes(counts: np.ndarray) -> np.ndarray:
    """How wide the picture of a cell is, float (10, 10), 1 for the whole cell: mistakes grow with
    the root of their number, so that areas can be compared; right answers are all as large.
    """
    wrong = counts * (1 - np.eye(CLASSES, dtype=int))
    most = max(1, int(wrong.max()))
    grown = SMALLEST + (LARGEST - SMALLEST) * np.sqrt(wrong / most)
    return np.where(np.eye(CLASSES, dtype=bool), RIGHT, grown).round(3)
