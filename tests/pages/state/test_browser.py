"""What a browser kept before this visit is heard once; what the visit has is sent when it is new.

The browser's part is tested in tests/browser/test_predict.py and test_learn.py.
"""

from __future__ import annotations

from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

from core.exam.packing import packed
from pages.ui.state import browser
from tests.pages.app import all_handed_over


def remembering_page() -> None:
    """Two digits are drawn; what the browser kept comes when the test says so."""
    import streamlit as st

    from pages.ui.state import browser, own_digits
    from pages.ui.state.visit import visit

    if "kept" in st.session_state:
        browser.hear(own_digits.NAME, st.session_state["kept"], own_digits.take_back)
    elif not own_digits.own_digits():
        visit().exam.own_digits = [(1, bytes(784)), (2, bytes([9] * 784))]
    own_digits.remember()
    st.caption(str([digit for digit, _ in own_digits.own_digits()]))


def sent(page: AppTest) -> dict:
    (memory,) = all_handed_over(page)
    return memory


def test_what_the_browser_kept_comes_first_and_nothing_comes_twice():
    page = AppTest.from_function(remembering_page).run()
    assert page.caption[0].value == "[1, 2]"
    assert len(sent(page)["value"]) == 2
    assert not sent(page)["heard"]
    before = packed([(5, bytes(784)), (2, bytes([9] * 784))])
    page.session_state["kept"] = [*before, [99, "nonsense"], "more of it"]
    page.run()
    assert page.caption[0].value == "[5, 2, 1]"
    assert sent(page)["heard"]
    assert sent(page)["held"] != sent(page)["stamp"]  # the browser gets the list without nonsense
    assert len(sent(page)["value"]) == 3
    page.run()
    assert sent(page)["value"] is None


def test_what_comes_back_as_it_is_here_is_known_to_be_there():
    page = AppTest.from_function(remembering_page).run()
    page.session_state["kept"] = packed([(1, bytes(784)), (2, bytes([9] * 784))])
    page.run()
    assert page.caption[0].value == "[1, 2]"
    assert sent(page)["held"] == sent(page)["stamp"]


def test_a_cookie_says_it_to_the_server_that_it_was_written_for(monkeypatch):
    cookies = {"lists-127.0.0.1%3A8501": "a.b", "lists-127.0.0.1%3A8502": "c", "lists-": "d"}
    context = SimpleNamespace(url="http://127.0.0.1:8501/runs", cookies=cookies)
    monkeypatch.setattr(browser.st, "context", context)
    assert browser.told_at_first("lists") == ["a", "b"]
    context.url = "http://127.0.0.1:8503/"
    assert browser.told_at_first("lists") == []
