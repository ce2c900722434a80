"""Answers come first, two scripts of one visitor take turns, a click is heard once, and what is
gone from the page is not run again."""

from contextlib import nullcontext
from threading import Thread
from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime import app_session
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner.script_runner import RerunData, ScriptRunner
from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.runtime.state.common import WidgetMetadata

from pages.ui.state import scripts

SOON = 0.3  # seconds in which a thread that need not wait is done, and longer where it must


def test_an_old_script_waits_while_the_new_one_looks_at_the_widgets():
    scripts.share_a_lock()
    visitor, another = SessionState(), SessionState()
    new, old, other = (SafeSessionState(each, lambda: None) for each in (visitor, visitor, another))
    waiting = Thread(target=old.__setitem__, args=("added", 1), daemon=True)
    free = Thread(target=other.__setitem__, args=("added", 1), daemon=True)
    meanwhile = []

    def look(value: object) -> object:
        free.start()
        free.join()
        waiting.start()
        waiting.join(SOON)
        meanwhile.extend(("added" in another, "added" in visitor))
        return value

    widget = WidgetMetadata("widget", look, lambda value: value, "string_value")
    new.register_widget(widget, None)
    waiting.join()
    assert meanwhile == [True, False]
    assert "added" in visitor


@pytest.mark.parametrize("tick", [True, False])
def test_what_is_run_by_the_clock_brings_no_click_along(monkeypatch, tick):
    heard = []
    monkeypatch.setattr(
        app_session.AppSession, "request_rerun", lambda session, state: heard.append(state)
    )
    scripts.hear_once.__wrapped__()
    state = ClientState(is_auto_rerun=tick)
    widgets = state.widget_states.widgets
    widgets.add(id="button", trigger_value=True)
    widgets.add(id="slider", int_value=3)
    widgets.add(id="wall", json_trigger_value='[{"clicked": 4}]')
    app_session.AppSession.request_rerun(None, state)
    (told,) = heard
    expected = ["slider"] if tick else ["button", "slider", "wall"]
    assert [each.id for each in told.widget_states.widgets] == expected


def test_a_stroke_is_answered_before_a_page_and_a_page_before_a_look(monkeypatch):
    ran, patience = [], []
    monkeypatch.setattr(ScriptRunner, "_run_script", lambda self, asked: ran.append(asked))
    monkeypatch.setattr(scripts, "InTurn", lambda: Noted(patience))
    scripts.run_in_turn.__wrapped__()
    stroke = RerunData(fragment_id_queue=["stage"])
    page = RerunData()
    look = RerunData(fragment_id_queue=["run"], is_auto_rerun=True)
    for asked in (stroke, page, look):
        ScriptRunner._run_script(None, asked)
    assert ran == [stroke, page, look]
    assert patience[0] < patience[1] < patience[2]


def test_what_is_gone_from_the_page_is_not_run_again(monkeypatch):
    ran = []
    monkeypatch.setattr(ScriptRunner, "_run_script", lambda self, asked: ran.append(asked))
    scripts.run_what_is_there.__wrapped__()
    visitor = SimpleNamespace(_fragment_storage=MemoryFragmentStorage())
    visitor._fragment_storage.register("here", lambda: None, parent_fragment_id=None)
    page, here, gone, both = (
        RerunData(fragment_id_queue=names) for names in ([], ["here"], ["gone"], ["gone", "here"])
    )
    for asked in (page, here, gone, both):
        ScriptRunner._run_script(visitor, asked)
    assert ran == [page, here, both]


class Noted:
    """Takes down who is how patient."""

    def __init__(self, patience: list[float]) -> None:
        self.patience = patience

    def turn(self, patience: float):
        self.patience.append(patience)
        return nullcontext()
