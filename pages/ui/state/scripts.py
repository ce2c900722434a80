"""The scripts of all visitors: they run one after the other, a click is heard once, and what
is gone from the page is not run again.

Streamlit runs a script for each click and for each turn of the clock, each in a thread of its own,
all at once. Where that is slow or goes wrong is mended here. A Streamlit in which it is mended
stays as it is. What else of Streamlit is changed is in spared.py.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from core.machine.in_turn import InTurn

if TYPE_CHECKING:
    from streamlit.proto.ClientState_pb2 import ClientState
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.state import SafeSessionState, SessionState

# Seconds that others may wait longer than who drew a stroke or clicked in a fragment: who opens a
# page, and what looks by itself at what goes on.
A_PAGE, A_LOOK = 3.0, 6.0


@cache
def run_what_is_there() -> None:
    """From now on, a fragment that is gone from the page is not run again.

    The clock of a page may tick once more while a script leads away from it. Once the new page
    stands, Streamlit then runs nothing, but tells the browser that it did so on the old page, which
    empties the new one: 1 of 40 who went from a training to Predict found it empty.
    """
    with suppress(ImportError, AttributeError):
        from streamlit.runtime.fragment import MemoryFragmentStorage
        from streamlit.runtime.scriptrunner.script_runner import RerunData, ScriptRunner

        run, is_there = ScriptRunner._run_script, MemoryFragmentStorage.contains

        def run_unless_gone(self: ScriptRunner, asked: RerunData) -> None:
            names = asked.fragment_id_queue
            if not names or any(is_there(self._fragment_storage, name) for name in names):
                run(self, asked)

        ScriptRunner._run_script = run_unless_gone


@cache
def run_in_turn() -> None:
    """From now on, scripts of all visitors run one after the other, and answers to strokes first.

    With thirty who browse and draw, half of whom train, 95 of 100 answers came within 0.24 s
    instead of 2.4, and a script took two thirds of the processor time.
    """
    with suppress(ImportError, AttributeError):
        from streamlit.runtime.scriptrunner.script_runner import RerunData, ScriptRunner

        run, in_turn = ScriptRunner._run_script, InTurn()

        def patience(asked: RerunData) -> float:
            return A_LOOK if asked.is_auto_rerun else 0 if asked.fragment_id_queue else A_PAGE

        def run_when_it_is_time(self: ScriptRunner, asked: RerunData) -> None:
            with in_turn.turn(patience(asked)):
                run(self, asked)

        patience(RerunData())  # another Streamlit may know no such thing
        ScriptRunner._run_script = run_when_it_is_time


@cache
def share_a_lock() -> None:
    """From now on the scripts of one visitor look at its widgets, and change them, in turns.

    Else the new script may look for the button that was pressed while the old one adds another:
    the click then ended in "RuntimeError: dictionary keys changed during iteration".
    """
    with suppress(ImportError, AttributeError):
        from streamlit.runtime.state.safe_session_state import SafeSessionState as Guarded

        begin = Guarded.__init__
        locks: WeakValueDictionary = WeakValueDictionary()  # of a visitor, while a script goes on

        def begin_with_the_visitors_lock(
            self: SafeSessionState, state: SessionState, yield_callback: Callable[[], None]
        ) -> None:
            begin(self, state, yield_callback)
            object.__setattr__(self, "_lock", locks.setdefault(id(state), self._lock))

        Guarded.__init__ = begin_with_the_visitors_lock


@cache
def hear_once() -> None:
    """From now on, a click is heard once.

    A browser holds a click back for a moment, and sends it with the state of all widgets. A
    fragment that is run again by the clock just then brings the same state, and with it the click:
    what a button calls would be called twice, and one step would be two.
    """
    with suppress(ImportError, AttributeError):
        from streamlit.runtime import app_session
        from streamlit.runtime.scriptrunner_utils import script_requests

        clicks, hear = script_requests._TRIGGER_PROTO_FIELDS, app_session.AppSession.request_rerun

        def hear_of_no_click(session: AppSession, state: ClientState | None) -> None:
            if state and state.is_auto_rerun:
                widgets = state.widget_states.widgets
                for place in reversed(range(len(widgets))):
                    if widgets[place].WhichOneof("value") in clicks:
                        del widgets[place]
            hear(session, state)

        app_session.AppSession.request_rerun = hear_of_no_click


def keep_order() -> None:
    """All of it, once for the server."""
    for each in (run_what_is_there, run_in_turn, share_a_lock, hear_once):
        each()
