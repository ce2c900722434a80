"""A room full of phones: `python -m tests.benchmarks.room`, for a table.

A hundred phones send a drawing every three seconds for two minutes, over Streamlit's own protocol;
a presenter's wall looks once a second. Of each drawing: how long from the moment it was sent until
the wall had it. A phone that hears nothing sends again, as the pad does. The server and all who
visit it share one machine, so more cores than two would tell of another one.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.WidgetStates_pb2 import WidgetState

from core.datasets.pens.collection import load
from pages.ui.room import phone, wall
from tests.benchmarks.visitors_protocol import Visitor
from tests.browser.driver import start_server

WITHIN = 2.0  # seconds until a drawing is on the wall, for 95 of 100
AGAIN = 4.0  # seconds after which the pad sends again, each time twice as many


def data_of(delta: Delta) -> dict:
    """What a component is given; nothing for whatever else is shown."""
    content = delta.new_element.bidi_component.json
    return json.loads(content) if content else {}


class Presenter(Visitor):
    """Opens a room and notes when the wall was given how many digits."""

    def __init__(self, url: str) -> None:
        self.given: list[tuple[float, int, int]] = []  # at, digits until then, bytes
        super().__init__(url)

    def _show(self, place: tuple[int, ...], delta: Delta) -> None:
        super()._show(place, delta)
        data = data_of(delta)
        if "marks" in data:
            until = data["first"] + len(data["labels"])
            self.given.append((time.monotonic(), until, delta.ByteSize()))

    @property
    def code(self) -> str:
        return next(
            found[1]
            for delta in self._elements.values()
            if (found := re.search(r"code=([A-Z0-9]{8})", str(delta)))
        )


class Phone(Visitor):
    """Sends drawings without waiting, and notes when each went out."""

    def __init__(self, url: str, name: int) -> None:
        self.sent: dict[str, float] = {}
        self.sent_again, self._patience = 0, AGAIN
        self._name, self._request, self._received = name, 0, ""
        super().__init__(url)

    def _show(self, place: tuple[int, ...], delta: Delta) -> None:
        super()._show(place, delta)
        data = data_of(delta)
        if "request" in data:
            self._request, self._received = data["request"], data["received"]

    @property
    def last(self) -> str:
        return next(reversed(self.sent), "")

    @property
    def is_waiting(self) -> bool:
        return bool(self.sent) and self._received != self.last

    def write(self, number: int, digits: dict[int, list]) -> None:
        """The next drawing; where the last one is not heard of, that one once more."""
        if self.is_waiting:
            if time.monotonic() - self.sent[self.last] > self._patience:
                self.sent_again += 1
                self._patience *= 2
                self._tell(self.last, self._strokes)
            return
        self._patience = AGAIN
        choice = digits[self._request]
        self._strokes = choice[number % len(choice)]
        name = f"{self._name} {number}"
        self.sent[name] = time.monotonic()
        self._tell(name, self._strokes)

    def _tell(self, name: str, strokes: list) -> None:
        widget, fragment = self._widget(phone.KEY)
        self._widgets.setdefault(widget.id, WidgetState(id=widget.id, json_value="{}"))
        events = [{"event": "sent", "value": {"id": name, "strokes": strokes}}]
        key = f"$$STREAMLIT_INTERNAL_KEY_{widget.id}__events"
        self._send(fragment, WidgetState(id=key, json_trigger_value=json.dumps(events)))


def drawings() -> dict[int, list]:
    """Real digits as a pad sends them, by what they show."""
    pens = load()
    return {
        digit: [
            [(100 + 3 * stroke).astype(int).ravel().tolist() for stroke in pens.strokes(index)]
            for index in np.flatnonzero(pens.labels == digit)[:200]
        ]
        for digit in range(10)
    }


def act(phones: list[Phone], seconds: float, every: float) -> None:
    """Each phone draws every so many seconds, one after the other; then all wait for an answer."""
    digits, began, number = drawings(), time.monotonic(), 0
    while (now := time.monotonic()) < began + seconds:
        phones[number % len(phones)].write(number, digits)
        number += 1
        time.sleep(max(0.0, began + number * every / len(phones) - now))
    give_up = time.monotonic() + 30
    while any(each.is_waiting for each in phones) and time.monotonic() < give_up:
        time.sleep(0.1)


@dataclass(frozen=True)
class Usage:
    """What a process has taken so far: memory in bytes, processor time in seconds."""

    memory: int
    work: float

    @classmethod
    def of(cls, process: psutil.Process) -> Usage:
        times = process.cpu_times()
        return cls(process.memory_info().rss, times.user + times.system)


def report(
    phones: list[Phone],
    presenter: Presenter,
    server: tuple[Usage, Usage],
    visitors: tuple[Usage, Usage],
    seconds: float,
) -> None:
    """server, visitors: what each took until the first drawing, and `seconds` later."""
    sent = sorted(at for each in phones for at in each.sent.values())
    shown = [at for n in range(len(sent)) for at in [when(presenter, n + 1)] if at is not None]
    waits = [at - began for began, at in zip(sent, shown, strict=False)]
    rows = {
        "phones": f"{len(phones):,}",
        "drawings sent": f"{len(sent):,}",
        "lost": f"{len(sent) - len(shown):,}",
        "sent again": f"{sum(each.sent_again for each in phones):,}",
        "on the wall, median": f"{np.median(waits):.2f} s",
        "on the wall, 95 of 100": f"{np.percentile(waits, 95):.2f} s (target: {WITHIN:g} s)",
        "on the wall, slowest": f"{max(waits):.2f} s",
        "largest look": f"{max(size for *_, size in presenter.given) / 1e3:.1f} KB",
        "server's work": worked(server, seconds, len(sent)),
        "the phones' own work": worked(visitors, seconds, len(sent)),
        "server before": f"{server[0].memory / 1e6:.0f} MB",
        "server after": f"{server[1].memory / 1e6:.0f} MB",
    }
    for name, value in rows.items():
        print(f"{name:>24}: {value}")


def worked(of: tuple[Usage, Usage], seconds: float, drawings: int) -> str:
    """How much of a core a process took between two looks."""
    work = of[1].work - of[0].work
    return f"{work / seconds:.0%} of a core, {1e3 * work / drawings:.0f} ms for each drawing"


def when(presenter: Presenter, count: int) -> float | None:
    """When the wall was first given so many digits."""
    return next((at for at, until, _ in presenter.given if until >= count), None)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.room")
    parser.add_argument("--phones", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--every", type=float, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = start_server("app.py", Path(folder))
        processes = psutil.Process(server.process.pid), psutil.Process()
        presenter = Presenter(server.url)
        presenter.open("room")
        presenter.press("room-open")
        presenter.wait_until(lambda: bool(presenter.given))
        phones = [Phone(server.url, number) for number in range(asked.phones)]
        for each in phones:
            each.open("room", f"code={presenter.code}")
        before, began = [Usage.of(each) for each in processes], time.monotonic()
        act(phones, asked.seconds, asked.every)
        time.sleep(2 * wall.EVERY)
        used = zip(before, [Usage.of(each) for each in processes], strict=True)
        report(phones, presenter, *used, time.monotonic() - began)
        for each in (*phones, presenter):
            threading.Thread(target=each.leave, daemon=True).start()
        server.stop()


if __name__ == "__main__":
    main()
