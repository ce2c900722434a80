"""A click that comes while the page of the click before is still being made.

Streamlit begins a new script for it, in another thread, while the old one goes on to its next
widget. Both know the same visitor, but each guards what it knows with a lock of its own. Here they
get one lock. It shows nothing, and a Streamlit that has one by itself stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

if TYPE_CHECKING:
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
