"""Work that takes time: one kind of task for all of it.

A run, an exam, a sweep, a lesson's measurement: each is a `Task` with a thread of its own. It says
how far it is, can be stopped, and ends with a result or an error. It computes only while it has a
place in the one `Queue` (core/machine/queue.py). `Tasks` remembers what was done.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Hashable
from typing import Any

from core.machine.ending import stop_at_the_end
from core.machine.kept import KEPT, Kept
from core.machine.queue import TURN, Queue, default_max_jobs
from core.machine.tuning import give_memory_back, let_others_pass

__all__ = [
    "KEPT",
    "Kept",
    "Queue",
    "Refused",
    "Stopped",
    "Task",
    "Tasks",
    "default_max_jobs",
    "time_left",
]

EARLY = 0.05  # share done, before which nothing can be said about the rest

OnShare = Callable[[float], None]  # hears the share done, 0 to 1; what it raises ends the work

log = logging.getLogger(__name__)


class Stopped(Exception):
    """Ends a task's work from within, because somebody asked for it."""


class Refused(Exception):
    """The work cannot be done, for a reason that the message tells the visitor."""


def time_left(passed: float, share: float) -> float | None:
    """Seconds that remain when `share`, 0 to 1, took `passed`; None: too early to say."""
    return passed * (1 - share) / share if share >= EARLY else None


class Task:
    """One piece of work in a thread of its own: progress, an estimate, Stop, a result or an error.

    `work(task)` is called in the thread, with a place in the queue unless `waits_by_itself`. It
    calls `task.tell(share)` as often as it can stop; what it returns is the result.
    """

    def __init__(
        self,
        work: Callable[[Task], Any],
        queue: Queue,
        *,
        waits_by_itself: bool = False,
        name: str | None = None,
        on_stop: Callable[[], None] = lambda: None,  # for work with buttons of its own
    ) -> None:
        self.id = name or secrets.token_urlsafe(9)  # one that nobody can guess
        self.share = 0.0  # of the work that is done, 0 to 1
        self.partial: Any = None  # what is there of the result so far
        self.seconds = 0.0  # of work; time spent waiting does not count
        self._work, self._queue, self._waits_by_itself = work, queue, waits_by_itself
        self._result = self._error = None
        self._computing_since: float | None = None
        self._stopping, self._on_stop = threading.Event(), on_stop
        self._thread = threading.Thread(target=self._run, name=f"task-{self.id}", daemon=True)

    # What whoever follows it may ask, and press
    def start(self) -> Task:
        """Begin. Called once."""
        self._thread.start()
        stop_at_the_end(self)
        return self

    @property
    def over(self) -> bool:
        """Whether it has come to its end, was stopped or broke."""
        return self._thread.ident is not None and not self._thread.is_alive()

    @property
    def done(self) -> bool:
        """Whether it is over and has its whole result."""
        return self.over and self._error is None

    @property
    def stopped(self) -> bool:
        """Whether it ended because somebody asked for it."""
        return self.over and isinstance(self._error, Stopped)

    @property
    def error(self) -> Exception | None:
        """What broke it, if it broke."""
        return None if isinstance(self._error, Stopped) else self._error

    @property
    def place_in_line(self) -> int:
        """1: next to compute; 0: not waiting."""
        return self._queue.place(self)

    @property
    def seconds_left(self) -> float | None:
        """How much work remains, judged by what was done so far; None: too early to say."""
        since = self._computing_since
        passed = self.seconds + (time.monotonic() - since if since else 0.0)
        return time_left(passed, self.share)

    @property
    def seconds_to_wait(self) -> float:
        """Until its turn comes, roughly: nobody before it keeps a place for longer than a TURN."""
        ahead = (each.seconds_left for each in self._queue.ahead_of(self))
        return sum(TURN if left is None else min(left, TURN) for left in ahead) / self._queue.places

    def result(self) -> Any:
        """What the work gave, once it is over. Raises what it raised, or Stopped."""
        if self._error:
            raise self._error
        return self._result

    def stop(self) -> None:
        """End it soon."""
        self._stopping.set()
        self._on_stop()
        self.wake()

    def wake(self) -> None:
        """Let it look again whether it still wants to wait."""
        self._queue.wake()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for its end; whether it came."""
        self._thread.join(seconds)
        return self.over

    # What the work itself calls
    def tell(self, share: float, partial: Any = None) -> None:
        """How far it is. Raises Stopped when it shall end; lets others have their turn."""
        self.share = share
        if partial is not None:
            self.partial = partial
        self.check_stop()
        self.checkpoint()
        self.check_stop()

    def check_stop(self) -> None:
        """Raises Stopped when it shall end."""
        if self._stopping.is_set():
            raise Stopped

    def checkpoint(self, give_up: Callable[[], bool] | None = None) -> bool:
        """Let others have their turn; whether it still has a place, see `Queue.checkpoint`."""
        self._count_time()
        try:
            return self._queue.checkpoint(self, give_up or self._stopping.is_set)
        finally:
            self._count_time(self.has_place)

    def enter(self, give_up: Callable[[], bool] | None = None, brief: bool = False) -> bool:
        """Wait for a place to compute in, unless it has one."""
        if not self.has_place:
            self._queue.enter(self, give_up or self._stopping.is_set, brief)
        self._count_time(self.has_place)
        return self.has_place

    @property
    def has_place(self) -> bool:
        """Whether it may compute."""
        return self._queue.holds(self)

    def leave(self) -> None:
        """Give the place back for as long as nothing is computed."""
        self._count_time()
        self._queue.leave(self)

    def _count_time(self, goes_on: bool = False) -> None:
        now = time.monotonic()
        if self._computing_since:
            self.seconds += now - self._computing_since
        self._computing_since = now if goes_on else None

    def _run(self) -> None:
        let_others_pass()
        try:
            self.check_stop()
            if not self._waits_by_itself:
                self.enter()
                self.check_stop()
            self._result = self._work(self)
            self.share = 1.0
        except (Stopped, Refused) as error:
            self._error = error
        except Exception as error:  # whatever it is, whoever asks for the result has to hear of it
            log.exception("A task broke.")
            self._error = error
        finally:
            self._work = None  # and with it all that the work held in memory
            give_memory_back()
            self.leave()


class Tasks(Kept):
    """Tasks by name, each done once for all who ask; only those that are over are forgotten."""

    def __init__(self, queue: Queue, kept: int = KEPT) -> None:
        super().__init__(kept)
        self.queue = queue

    def begin(self, key: Hashable, work: Callable[[Task], Any]) -> Task:
        """The task of this name: the one that goes on or is done; else a new one, which begins."""
        with self._lock:
            task = self.get(key)
            if task is None or (task.over and not task.done):
                task = Task(work, self.queue).start()
            return self.keep(key, task)

    def _may_go(self, value: Task) -> bool:
        return value.over

    def _content(self, value: Task) -> Any:
        return value.result() if value.done else None
