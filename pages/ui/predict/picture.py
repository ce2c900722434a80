"""An uploaded picture or a photo on Predict: it is shown, can be turned, and its digits are found.

Where none can be found the reason is handed over, and what was taken for ink is shown.
"""

from __future__ import annotations

import hashlib
import html

import numpy as np
import streamlit as st

from core.machine.tuning import import_torch
from pages.ui.state.visit import visit
from pages.ui.widgets.digits.pictures import picture
from pages.ui.widgets.stage.given import Given

STYLE = """<style>
.shown { max-height: 14rem; max-width: 100%; border-radius: var(--tile-radius); display: block;
  box-shadow: var(--tile-frame); }
.shown-what { font-size: 0.85rem; opacity: 0.75; margin: 0.35rem 0 0 0; }
</style>"""


def from_picture_file(data: bytes) -> Given:
    """Show the picture, and hand over the digits on it. data: of the file."""
    import_torch()
    from core.drawing import DrawingError, prepare_all_pixels
    from core.strokes.files import read_picture

    try:
        pixels = turned(read_picture(data), data)
    except DrawingError as problem:
        return Given(message=str(problem))
    try:
        given, ink = Given(prepare_all_pixels(pixels)), None
    except DrawingError as problem:
        given, ink = Given(message=str(problem)), problem.ink
    show(pixels, data, ink)
    return given


def turned(pixels: np.ndarray, data: bytes) -> np.ndarray:
    """The picture as the visitor has turned it."""
    name, quarters = visit().turned
    return np.ascontiguousarray(np.rot90(pixels, -quarters)) if name == name_of(data) else pixels


def turn(name: str) -> None:
    """Turn the picture of that name by a quarter, to the right."""
    before, quarters = visit().turned
    visit().turned = (name, (quarters + 1) % 4 if before == name else 1)


def name_of(data: bytes) -> str:
    """The same for the same file, whatever it is called."""
    return hashlib.sha256(data).hexdigest()


def show(pixels: np.ndarray, data: bytes, ink: np.ndarray | None = None) -> None:
    """The picture, the button that turns it, and beside it what was taken for ink."""
    left, right = st.columns(2)
    with left:
        figure(pixels[..., :3], "Your picture")
        st.button(
            "Turn it upright",
            icon=":material/rotate_right:",
            key="turn_picture",
            on_click=turn,
            args=(name_of(data),),
        )
    if ink is not None:
        with right:
            figure(ink, "What was taken for ink, in white")


def figure(image: np.ndarray, what: str) -> None:
    """An image with a line that says what it is."""
    said = html.escape(what)
    st.html(
        f'{STYLE}<img class="shown" src="{picture(image)}" alt="{said}">'
        f'<p class="shown-what">{said}</p>'
    )
