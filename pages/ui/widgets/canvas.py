"""The drawing box: a canvas with Undo and Clear that keeps its drawing from page to page.

It hands over what was drawn, as strokes. What the strokes mean is the business of core/drawing.py.
"""

from __future__ import annotations

import streamlit as st
from streamlit_drawable_canvas import st_canvas

from pages.ui.state.visit import Box, Drawing, visit, widget_exists

SIDE = 280  # pixels: fits a phone of 320
BRUSH = 18  # pixels on a box of SIDE; core/drawing.py evens it out, so it only has to look right

EMPTY: Drawing = {"objects": []}


def drawing_box(
    key: str, *, side: int = SIDE, above: int = 0, caption: str = "Draw here:"
) -> Drawing:
    """Show the box and return its drawing, as canvas JSON; `objects` is empty when it is blank.

    side: its width and height in pixels. above: so many pixels more at the top, which a page can
    put out of sight together with the canvas's toolbar. The canvas lies in a container of its own,
    `<key>-paper`.
    """
    box = visit().boxes.setdefault(key, Box())
    widget = f"{key}-{box.number}"
    if not widget_exists(widget):  # new on the page: begin with what was drawn before
        box.begin = box.drawing
    with st.container(key=key, width="content"):
        if caption:
            st.caption(caption)
        with st.container(key=f"{key}-paper"):
            result = st_canvas(
                stroke_width=round(BRUSH * side / SIDE),
                stroke_color="#000000",
                background_color="#FFFFFF",  # paper in dark mode too
                height=side + above,
                width=side,
                initial_drawing=box.begin,
                key=widget,
            )
        drawing = result.json_data if isinstance(result.json_data, dict) else EMPTY
        box.drawing = drawing
        empty = not drawing.get("objects")
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Undo",
                icon=":material/undo:",
                key=f"{key}-undo",
                disabled=empty,
                on_click=put_drawing,
                args=(key, _without_last(drawing)),
            )
            st.button(
                "Clear",
                icon=":material/delete:",
                key=f"{key}-clear",
                disabled=empty,
                on_click=put_drawing,
                args=(key, EMPTY),
            )
    return drawing


def drawn_in(key: str) -> Drawing:
    """What is in the box, whether it is on the page or not."""
    return visit().boxes.get(key, Box()).drawing


def put_drawing(key: str, drawing: Drawing) -> None:
    """Replace what is in the box, from the next run of the script on."""
    box = visit().boxes.setdefault(key, Box())
    box.drawing = drawing
    box.number += 1


def _without_last(drawing: Drawing) -> Drawing:
    objects = drawing.get("objects")
    return {**drawing, "objects": objects[:-1] if isinstance(objects, list) else []}
