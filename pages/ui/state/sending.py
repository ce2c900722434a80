"""How what scripts show comes to the browsers: together, not element by element.

It changes nothing of what is sent. A Streamlit in which this is done elsewhere stays as it is.
`tests.benchmarks.visitors` measures what it is good for.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.session_manager import ActiveSessionInfo

TOGETHER = 0.005  # seconds in which what a script shows is handed over together


@cache
def send_together() -> None:
    """From now on, what a script shows within a few milliseconds is handed over and sent together.

    For each of some dozens of elements Streamlit wakes the one thread that hears and answers all,
    and after each that thread lets everybody else work.
    """
    with suppress(ImportError, AttributeError):
        from streamlit.runtime.app_session import AppSession
        from streamlit.runtime.runtime import Runtime

        send, flush = Runtime._send_message, AppSession.flush_browser_queue
        wake = Runtime._enqueued_some_message
        AppSession._call_soon_on_event_loop  # noqa: B018  asks whether it is there

        def call_soon(session: AppSession, callback: Callable[[], None]) -> None:
            kept = vars(session)
            if "together" not in kept:
                kept["together"] = Together(session._event_loop)
            kept["together"].call_soon(callback)

        def wake_sender(runtime: Runtime) -> None:
            try:
                asyncio.get_running_loop()
            except RuntimeError:  # in another thread
                wake(runtime)
            else:
                runtime._get_async_objs().need_send_data.set()

        def send_all(runtime: Runtime, to: ActiveSessionInfo, messages: list[ForwardMsg]) -> None:
            for message in messages:
                send(runtime, to, message)

        AppSession._call_soon_on_event_loop = call_soon
        AppSession.flush_browser_queue = lambda session: [m] if (m := flush(session)) else []
        Runtime._send_message, Runtime._enqueued_some_message = send_all, wake_sender


class Together:
    """What other threads want an event loop to call: woken once in a few milliseconds.

    Each is called after those that came before, whatever these raise.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: deque[Callable[[], None]] = deque()
        self._is_called = False

    def call_soon(self, callback: Callable[[], None]) -> None:
        """From any thread; does nothing once the loop is closed."""
        self._waiting.append(callback)
        if not self._is_called:  # two threads at once call it twice, which does no harm
            self._is_called = True
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._loop.call_later, TOGETHER, self._hand_over)

    def _hand_over(self) -> None:
        self._is_called = False  # first: what comes from now on calls anew
        while self._waiting:
            self._loop.call_soon(self._waiting.popleft())
