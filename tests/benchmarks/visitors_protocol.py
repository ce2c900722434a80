"""Visitors without a browser: they speak Streamlit's own protocol with a server that is running.

A `Visitor` opens pages, presses buttons, chooses and draws, and asks again as often as a page tells
its browser to. It shows nothing and runs no script, so that one machine holds many of them. It
depends on the messages of the Streamlit that is pinned in requirements.txt.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

LARGEST = 64_000_000  # bytes of one message
SECONDS = 900  # that an answer may take at most, on a busy machine


class Visitor:
    """One open tab. Its own thread hears the server and keeps the page's clocks."""

    def __init__(self, url: str) -> None:
        address = f"ws{url.removeprefix('http')}/_stcore/stream"
        self._socket = connect(
            address, subprotocols=["streamlit"], max_size=LARGEST, ping_interval=None
        )  # a browser does not ask whether the server is there either
        self._heard = threading.Condition()  # guards everything below
        self._page, self._script = "", ""  # by its name, and as the server calls it
        self.query = ""  # of the address; the server may change it
        self._elements: dict[tuple[int, ...], Delta] = {}  # by their place on the page
        self._messages: dict[str, tuple[Delta, int]] = {}  # long ones, sent once; when last shown
        self._runs, self._keeps = 0, 0  # scripts that count for that; for how many they are kept
        self._fragments: set[str] = set()  # that the script runs; none: the page
        self._widgets: dict[str, WidgetState] = {}  # what was chosen, by the widget's id
        self._clocks: dict[str, tuple[float, float]] = {}  # fragments: seconds between, next at
        self._new: set[tuple[int, ...] | str] = set()  # places and clocks, since a script began
        self._opening = False  # a page whose script has not ended; clocks stand still until then
        self.finished = 0  # scripts that came to their end
        self.problem: Exception | None = None  # a page that broke, or what ended the connection
        self._left = False
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    # What a visitor does

    def open(self, page: str, query: str = "") -> None:
        """Go to a page ("" is Home) and wait until its script has ended."""
        with self._heard:
            self._page, self._script, self.query, self._opening = page, "", query, True
            self._elements.clear()
            self._widgets.clear()
            self._send("")
        self.wait_until(lambda: not self._opening)

    def press(self, key: str) -> None:
        """The button with this key."""
        self._act(key, WidgetState(trigger_value=True))

    def choose(self, key: str, option: str) -> None:
        """One of a row of buttons, by what stands on it."""
        state = WidgetState()
        state.string_array_value.data.append(option)
        self._act(key, state, lasts=True)

    def draw(self, key: str, drawing: dict[str, Any]) -> None:
        """Have the drawing box hold this, as tests.replay.canvas_json gives it."""
        content = {"drawing": {"raw": drawing, "data": None}, "backgroundFit": None}
        self._act(key, WidgetState(json_value=json.dumps(content)), lasts=True)

    def leave(self) -> None:
        """Close the tab."""
        with self._heard:
            self._left = True
        self._socket.close()
        self._thread.join(SECONDS)

    # What a visitor sees

    def wait_until(self, seen: Callable[[], bool], seconds: float = SECONDS) -> None:
        """Raises TimeoutError, or the problem."""
        with self._heard:
            self._heard.wait_for(lambda: seen() or self.problem, seconds)
            if self.problem:
                raise self.problem
            if not seen():
                raise TimeoutError(f"Not seen on {self._page or 'home'} within {seconds:g} s.")

    def can_press(self, key: str) -> bool:
        """Whether a widget with this key is there and is not disabled."""
        with self._heard:
            found = self._widget(key)
            return found is not None and not getattr(found[0], "disabled", False)

    def is_still(self) -> bool:
        """Whether nothing on the page asks again by itself."""
        with self._heard:
            return not self._clocks

    # How it is told to the server

    def _act(self, key: str, state: WidgetState, lasts: bool = False) -> None:
        self.wait_until(lambda: self.can_press(key))
        with self._heard:
            before = self.finished
            widget, fragment = self._widget(key)
            state.id = widget.id
            if lasts:
                self._widgets[widget.id] = state
            self._send(fragment, *([] if lasts else [state]))
        self.wait_until(lambda: self.finished > before)

    def _send(self, fragment: str, *triggers: WidgetState, by_clock: bool = False) -> None:
        state = ClientState(
            query_string=self.query,
            page_script_hash=self._script,
            page_name="" if self._script else self._page,
            fragment_id=fragment,
            is_auto_rerun=by_clock,
            cached_message_hashes=list(self._messages),
        )
        state.widget_states.widgets.extend([*self._widgets.values(), *triggers])
        self._socket.send(BackMsg(rerun_script=state).SerializeToString())

    def _all_widgets(self) -> list[tuple[Any, str]]:
        """Each with the fragment that it belongs to."""
        found = []
        for delta in self._elements.values():
            element = delta.new_element
            kind = element.WhichOneof("type") if delta.HasField("new_element") else None
            content = getattr(element, kind) if kind else None
            if getattr(content, "id", ""):
                found.append((content, delta.fragment_id))
        return found

    def _widget(self, key: str) -> tuple[Any, str] | None:
        return next(
            (each for each in self._all_widgets() if each[0].id.endswith(f"-{key}")),
            None,
        )

    # How the server is heard

    def _listen(self) -> None:
        try:
            while True:
                try:
                    content = self._socket.recv(timeout=self._until_next_tick())
                except TimeoutError:
                    content = None
                with self._heard:
                    if content is not None:
                        self._take(ForwardMsg.FromString(content))
                    self._tick()
                    self._heard.notify_all()
        except Exception as problem:  # whatever it is, whoever waits has to hear of it
            with self._heard:
                self.problem = None if self._left else problem
                self._heard.notify_all()

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        place = tuple(message.metadata.delta_path)
        if kind == "ref_hash":
            delta, _ = self._messages[message.ref_hash]
            self._messages[message.ref_hash] = delta, self._runs
            self._show(place, delta)
        elif kind == "delta":
            if message.metadata.cacheable:
                self._messages[message.hash] = message.delta, self._runs
            self._show(place, message.delta)
        elif kind == "new_session":  # a script begins, of the page or of a fragment
            self._new = set()
            self._fragments = set(message.metadata.run.fragment_ids)
            self._keeps = message.new_session.config.max_cached_message_age
        elif kind == "navigation":
            self._script = message.navigation.page_script_hash
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                self._drop_what_is_old()
                self._opening = False
            self.finished += 1
            if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self._forget_long_messages()
        elif kind == "auto_rerun":
            clock = message.auto_rerun
            self._clocks[clock.fragment_id] = clock.interval, time.monotonic() + clock.interval
            self._new.add(clock.fragment_id)
        elif kind == "stop_auto_rerun":
            for fragment in message.stop_auto_rerun.fragment_ids:
                self._clocks.pop(fragment, None)
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string

    def _show(self, place: tuple[int, ...], delta: Delta) -> None:
        self._elements[place] = delta
        self._new.add(place)
        if delta.new_element.HasField("exception"):
            self.problem = RuntimeError(f"A page broke: {delta.new_element.exception.message}")

    def _drop_what_is_old(self) -> None:
        """What the whole page did not show or start again is no longer on it."""
        for kept in (self._elements, self._clocks):
            for each in kept.keys() - self._new:
                del kept[each]

    def _forget_long_messages(self) -> None:
        """As a browser does: those of a fragment when it has run, all of them with the page."""
        self._runs += 1
        for each, (delta, seen) in list(self._messages.items()):
            is_asked = not self._fragments or delta.fragment_id in self._fragments
            if is_asked and self._runs - seen > self._keeps:
                del self._messages[each]

    def _until_next_tick(self) -> float:
        with self._heard:
            clocks = [] if self._opening else self._clocks.values()
            due = min((at for _, at in clocks), default=time.monotonic() + 1)
        return max(0.0, due - time.monotonic())

    def _tick(self) -> None:
        now = time.monotonic()
        for fragment, (interval, at) in list(self._clocks.items()):
            if at <= now and not self._opening:
                self._clocks[fragment] = interval, now + interval
                self._send(fragment, by_clock=True)
