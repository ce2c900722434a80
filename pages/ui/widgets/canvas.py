"""The drawing box: a dark pad with white ink, Undo and Clear, that keeps its drawing.

It hands over what was drawn, as strokes. What the strokes mean is the business of core/drawing.py;
what a browser does with pens, fingers and keys stands in pages/ui/frontend/pad.js.
"""

from __future__ import annotations

import streamlit as st
from streamlit_drawable_canvas import st_canvas

from core.strokes.packing import packed_drawing, unpacked_drawing
from core.strokes.paths import INK, drawing_of, scaled
from pages.ui.frontend.components import component
from pages.ui.state import browser
from pages.ui.state.visit import Box, Drawing, visit, widget_exists, widget_value

SIDE = 280  # pixels: fits a phone of 320; every drawing is handed over as if on a box of this side
BRUSH = 18  # pixels on a box of SIDE; core/drawing.py evens it out, so it only has to look right
PAPER = "#161616"  # ink is white on it, as digits are everywhere in the app

EMPTY: Drawing = {"objects": []}

_pad = component("pad", scripts=("pad.js", "invitation.js"))


def drawing_box(
    key: str,
    *,
    side: int = SIDE,
    samples: bool = False,
    box: str = "",
) -> Drawing:
    """Show the box and return its drawing, as canvas JSON; `objects` is empty when it is blank.

    side: how many pixels wide and high it is drawn on. samples: whether a button puts a real digit
    into it, for those who cannot draw. box: the name under which the drawing is kept, for boxes on
    several pages that hold the same one (default: `key`). The canvas lies in a container of its
    own, `<key>-paper`. The tab of the browser keeps the drawing over a reload.
    """
    name = box or key
    kept = visit().boxes.setdefault(name, Box())
    kept.widget, kept.side = f"{key}-{kept.number}", side
    if not widget_exists(kept.widget):  # new on the page: begin with what was drawn before
        kept.begin = kept.drawing
    with st.container(key=key, width="content"):
        with st.container(key=f"{key}-paper", gap=None):
            result = st_canvas(
                stroke_width=round(BRUSH * side / SIDE),
                stroke_color=INK,
                background_color=PAPER,
                height=side,
                width=side,
                initial_drawing=scaled(kept.begin, side / SIDE),
                key=kept.widget,
            )
            drawing = result.json_data if isinstance(result.json_data, dict) else EMPTY
            drawing = kept.drawing = scaled(drawing, SIDE / side)
            _pad(key=f"{key}-pad", data={"key": key, "empty": not drawing.get("objects")})
            _keep_in_browser(name, drawing)
        _buttons(key, name, drawing, samples)
    return drawing


def _keep_in_browser(name: str, drawing: Drawing) -> None:
    def take_back(kept: object) -> None:
        if not drawn_in(name).get("objects"):  # else something was drawn since the reload
            put_drawing(name, unpacked_drawing(kept))

    browser.keep(f"digitlab-drawing-{name}", packed_drawing(drawing), take_back, for_tab=True)


def _buttons(key: str, name: str, drawing: Drawing, samples: bool) -> None:
    empty = not drawing.get("objects")
    buttons = [
        ("undo", "Undo", "undo", _undo, (name,), empty),
        ("clear", "Clear", "delete", put_drawing, (name, EMPTY), empty),
        ("sample", "Show me one", "edit", put_sample, (name,), False),
    ]
    with st.container(horizontal=True, gap="small", key=f"{key}-buttons"):
        for what, label, icon, act, given, disabled in buttons if samples else buttons[:2]:
            st.button(
                label,
                icon=f":material/{icon}:",
                key=f"{key}-{what}",
                disabled=disabled,
                on_click=act,
                args=given,
            )


def drawn_in(key: str) -> Drawing:
    """What is in the box, whether it is on the page or not; in a callback, what came with it."""
    box = visit().boxes.get(key, Box())
    try:
        held = widget_value(box.widget)["drawing"]["raw"] if box.widget else None
    except (KeyError, TypeError):  # it is not on the page, or nothing was drawn in it
        held = None
    return scaled(held, SIDE / box.side) if isinstance(held, dict) else box.drawing


def put_drawing(key: str, drawing: Drawing) -> None:
    """Replace what is in the box, from the next run of the script on. drawing: on a box of SIDE."""
    box = visit().boxes.setdefault(key, Box())
    box.drawing = drawing
    box.number += 1
    box.widget = ""


def put_sample(key: str, number: int | None = None) -> Drawing:
    """Put one of the recorded pen digits into the box, and hand it back. None: the next one."""
    from core.demonstration.recording import load

    digits = load().digits
    box = visit().boxes.setdefault(key, Box())
    number = (box.samples if number is None else number) % len(digits)
    box.samples = number + 1
    put_drawing(key, drawing_of(digits[number].strokes, SIDE))
    return box.drawing


def _undo(key: str) -> None:
    drawing = drawn_in(key)
    objects = drawing.get("objects")
    put_drawing(key, {**drawing, "objects": objects[:-1] if isinstance(objects, list) else []})
