"""The drawing box: a stroke that comes together with a press of a button counts, and a reload keeps
the drawing. What the browser does with pens and fingers is tested in tests/browser/test_home.py.
"""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from core.strokes.packing import packed_drawing
from tests.pages.app import SEVEN, TIMEOUT, drawn, press, to_browser

pytestmark = pytest.mark.usefixtures("fresh_server")
NAME = "digitlab-drawing-box"


def one_box() -> None:
    import streamlit as st

    from pages.ui.widgets.canvas import drawing_box

    st.caption(str(len(drawing_box("box")["objects"])))


def box(*paths: list) -> AppTest:
    page = AppTest.from_function(one_box, default_timeout=TIMEOUT).run()
    if paths:
        page.session_state["box-0"] = drawn(*paths)
        page.run()
    return page


def strokes(page: AppTest) -> int:
    assert not page.exception
    return int(page.caption[-1].value)


def test_undo_takes_back_the_stroke_that_came_with_it_and_no_other():
    page = box(SEVEN)
    page.session_state["box-0"] = drawn(SEVEN, SEVEN)  # sent just before the button was pressed
    press(page, "Undo")
    assert strokes(page) == 1
    press(page, "Undo")
    assert strokes(page) == 0


def test_what_lies_in_an_older_canvas_is_forgotten_with_it():
    page = press(box(SEVEN), "Clear")
    page.session_state["box-1"] = drawn(SEVEN)
    assert strokes(page.run()) == 1
    assert strokes(press(page, "Clear")) == 0


def test_the_tab_keeps_the_drawing_over_a_reload():
    page = box(SEVEN)
    given = to_browser(page, NAME)
    assert given["place"] == "sessionStorage"
    assert given["value"] == packed_drawing(drawn(SEVEN)["drawing"]["raw"])


def kept_before() -> None:
    import json

    import streamlit as st

    from pages.ui.state import browser
    from pages.ui.widgets.canvas import drawing_box

    if kept := st.session_state.get("kept"):
        for name, on_heard in st.session_state["heard"].items():
            browser.hear(name, json.loads(kept), on_heard)
    real = browser.keep

    def keep(name, value, on_heard, **how):
        st.session_state["heard"] = {name: on_heard}
        real(name, value, on_heard, **how)

    browser.keep = keep
    try:
        st.caption(str(len(drawing_box("box")["objects"])))
    finally:
        browser.keep = real


@pytest.mark.parametrize(("drawn_since", "expected"), [((), 2), ((SEVEN,), 1)])
def test_what_the_tab_kept_comes_back_unless_something_was_drawn_since(drawn_since, expected):
    page = AppTest.from_function(kept_before, default_timeout=TIMEOUT).run()
    if drawn_since:
        page.session_state["box-0"] = drawn(*drawn_since)
        page.run()
    page.session_state["kept"] = json.dumps(packed_drawing(drawn(SEVEN, SEVEN)["drawing"]["raw"]))
    assert strokes(page.run()) == expected
