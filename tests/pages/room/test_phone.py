"""A phone in a room: one request and one pad, and a plain sentence to whoever has no code."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.room.codes import new_code, shown
from pages.ui import shell
from pages.ui.state import server
from tests.pages.app import handed_over, html, open_page, press, texts

pytestmark = pytest.mark.usefixtures("fresh_server")
SEVEN = [[200, 200, 800, 200, 400, 900]]


def pad(page: AppTest) -> dict:
    """What the browser is given for the pad."""
    return handed_over(page, "request")


def phone_of(page: AppTest) -> str:
    return page.session_state["visit"].owners[0]


def test_a_phone_sees_one_request_and_nothing_else(room):
    page = open_page("room", code=shown(room.code))
    assert not page.exception
    assert pad(page)["request"] == room.request(phone_of(page))
    assert not page.title
    assert not page.button
    assert not page.menu_button
    assert texts(page) == ""
    assert shell.BARE_STYLE in html(page)


def test_a_wrong_code_gets_a_sentence_and_a_place_to_type_another(room):
    page = open_page("room", code=new_code())
    assert not page.exception
    assert "There is no room with this code" in page.error[0].value
    page.text_input[0].set_value(shown(room.code).lower())
    press(page, "Join")
    assert pad(page)["request"] in range(10)
    assert page.query_params["code"] == room.code


def test_a_code_from_a_link_is_not_shown(room):
    page = open_page("room", code="**<script>**")
    assert "script" not in texts(page) + html(page).replace(shell.BARE_STYLE, "")


def test_without_a_code_there_is_a_place_to_type_it(room):
    page = open_page("room")
    page.text_input[0].set_value(room.code)
    press(page, "Join")
    assert pad(page)["request"] in range(10)


def hands_in(drawing: object) -> None:
    """A page that hands in one drawing and says what came of it."""
    import streamlit as st

    from pages.ui.room.phone import hand_in
    from pages.ui.state import server
    from pages.ui.state.visit import visit

    room = server.rooms().of(["somebody"])
    hand_in(room, "a", drawing)
    st.text(visit().room.problem)
    st.text(visit().room.answered)


GIVEN = {  # what a pad sends, and what is said of it
    "a digit": ({"id": "x", "strokes": SEVEN}, "", "x"),
    "a dot": ({"id": "x", "strokes": [[500, 500]]}, "only a dot", "x"),
    "no strokes": ({"id": "x", "strokes": None}, "it is no list of strokes", "x"),
    "no id": ({"strokes": SEVEN}, "", ""),
    "an id that is too long": ({"id": "x" * 41, "strokes": SEVEN}, "", ""),
    "nothing": (None, "", ""),
    "a text": ("drawing", "", ""),
}


@pytest.mark.parametrize("case", GIVEN)
def test_what_a_phone_sends_is_put_into_the_room_or_answered_in_words(room, case):
    drawing, problem, answered = GIVEN[case]
    page = AppTest.from_function(hands_in, args=(drawing,), default_timeout=60).run()
    assert not page.exception
    said, heard = (each.value for each in page.text)
    assert problem in said
    assert bool(problem) == bool(said)
    assert heard == answered
    assert room.count().written == (case == "a digit")


def test_a_closed_room_says_so_to_its_phones(room):
    page = open_page("room", code=room.code)
    server.rooms().close(room)
    assert "There is no room with this code" in page.run().error[0].value
