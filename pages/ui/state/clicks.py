"""A click is heard, and heard once, however many scripts of its visitor are at work.

Streamlit runs a script for each click and for each turn of the clock, in threads of their own, and
may begin one before another has ended. Where that goes wrong is mended here. A Streamlit in which
it is mended stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from streamlit.proto.ClientState_pb2 import ClientState
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.state import SafeSessionState, SessionState


@cache
def take_turns() -> None:
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
