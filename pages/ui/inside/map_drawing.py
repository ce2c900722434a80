"""A map of digits as it is drawn: closer by wheel, fingers or buttons, one digit large at a time.

It hands over places and words; how they are drawn is in `pages/ui/frontend/digit_map.js`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from core.charts.embedding import SHEET_COLUMNS, STEPS, framed, tile_sheet
from core.charts.palette import DIGIT_COLORS
from core.explain.embedding import DigitMap
from pages.ui.frontend.components import component
from pages.ui.inside.subject import Sample, Subject
from pages.ui.state import server
from pages.ui.widgets.digits.pictures import picture

MAP = "inside-map"  # the key of the map on the page

HTML = """<div class="digit-map"><div class="buttons">
<button type="button" class="mistakes" aria-pressed="false"></button>
<button type="button" class="farther" aria-label="Farther">−</button>
<button type="button" class="closer" aria-label="Closer">+</button></div>
<canvas tabindex="0" role="application"></canvas>
<div class="card"><i></i><span role="status"></span></div>
<div class="legend"><i class="own"></i>the digit above<i class="thread"></i><span></span></div>
</div>"""

_component = component("digit_map", HTML)


def draw(
    digit_map: DigitMap,
    places: np.ndarray,
    sample: Sample,
    place: np.ndarray | None,
    near: np.ndarray,
    true_shape: bool,
) -> None:
    """The test images at these places, float (M, 2), and the sample at its place, (2,), if any.

    near: the images to which threads lead from the sample. true_shape: the map is as wide and high
    as its numbers say; else it fills what room there is.
    """
    own = np.zeros((0, 2)) if place is None else place[None]
    shown, own, ratio = framed(places, own)
    _component(
        key=MAP,
        data={
            "words": f"A map of {len(places):,} test images. Arrow keys go from one to the next, "
            "plus and minus closer and farther.",
            "x": shown[:, 0].tolist(),
            "y": shown[:, 1].tolist(),
            "steps": STEPS,
            "ratio": ratio if true_shape else None,
            "labels": "".join(map(str, digit_map.labels)),
            "answers": "".join(map(str, digit_map.answers)),
            "colors": DIGIT_COLORS,
            "columns": SHEET_COLUMNS,
            "sheet": f"{MAP}-sheet",
            "near": near.tolist(),
            "own": own_digit(sample, own),
        },
    )


def own_digit(sample: Sample, places: np.ndarray) -> dict[str, Any] | None:
    """The visitor's digit and where it belongs, in steps; None where it has no place."""
    if not len(places):
        return None
    x, y = places[0].tolist()
    return {"key": sample.key, "image": picture(sample.image), "x": x, "y": y}


def draw_sheet(subject: Subject) -> None:
    """The pictures of all digits of the map, as one: made once for everybody.

    Apart from the map, since Streamlit does not send again what has not changed.
    """
    key = ("inside-sheet", subject.digits_key)
    sheet = server.kept().get_or_make(
        key, lambda: picture(tile_sheet(subject.digits.test.images.numpy()))
    )
    st.html(f'<img id="{MAP}-sheet" src="{sheet}" alt="" hidden>')
