"""One room: it takes the digits that its phones write, and has a network read them.

It lives in the server's memory and may be asked from many threads at once. It knows no torch: who
opens it brings a reader (reading.py).
"""

from __future__ import annotations

import random
import secrets
import threading
import time
from collections.abc import Callable, Hashable

import numpy as np

from core.room.collected import Collected, Count, News
from core.room.drawing import RoomDigit, digit_of
from core.room.limits import MOST_DRAWINGS, MOST_PHONES, OPEN_SECONDS, SECONDS_BETWEEN
from core.room.phones import Phone, Phones

Reader = Callable[[np.ndarray], list[int]]  # uint8 (B, 28, 28) -> the digit read in each, or DOUBT

CLOSED = "This room is closed. Thank you for drawing."


class RoomError(RuntimeError):
    """A room that cannot take what it is given. The message tells a visitor why."""


class Room:
    """A room that is open. `owner` is the id of the browser that opened it, `code` lets others in,
    `id` is what it is saved under.

    `read` reads the drawings; `read_by` is the name of whoever that is.
    """

    def __init__(
        self,
        owner: str,
        code: str,
        read_by: Hashable,
        read: Reader,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.owner, self.code, self.id = owner, code, secrets.token_hex(8)
        self._clock, self._opened = clock, clock()
        self._lock = threading.RLock()  # guards everything below
        self._phones = Phones(random.Random())
        self._collected = Collected()
        self._reader = (read_by, read)
        self._closed = False

    @property
    def is_open(self) -> bool:
        """Whether it still takes drawings."""
        return not self._closed and self.seconds_left > 0

    @property
    def seconds_left(self) -> float:
        """Until it closes by itself."""
        return max(0.0, self._opened + OPEN_SECONDS - self._clock())

    def close(self) -> None:
        """Take no more drawings, and forget those that came."""
        with self._lock:
            self._closed = True
            self._collected = Collected()

    # What a phone asks

    def request(self, phone_id: str) -> int:
        """The digit that this phone is asked to write. Raises RoomError."""
        with self._lock:
            return self._phone(phone_id).request

    def received(self, phone_id: str) -> str:
        """The phone's own word for the drawing that came last from it."""
        with self._lock:
            return self._phone(phone_id).received

    def put(self, phone_id: str, drawing_id: str, value: object) -> int | None:
        """Take a drawing, and ask the phone for another; what the network reads in it.

        drawing_id: the phone's own word for it; one that came before is not taken twice: None.
        Raises RoomError, and DrawingError where it is no digit.
        """
        with self._lock:
            phone = self._phone(phone_id)
            if drawing_id == phone.received:
                return None
            self._check_pace(phone)
            phone.last, label = self._clock(), phone.request
        digit = digit_of(value, label, phone.number)
        while True:
            reader = self._reader
            answer = reader[1](digit.image[None])[0]
            with self._lock:
                if reader is self._reader:  # nobody chose another meanwhile
                    self._keep(phone, drawing_id, digit, answer)
                    return answer

    def _phone(self, phone_id: str) -> Phone:
        if not self.is_open:
            raise RoomError(CLOSED)
        if (phone := self._phones.get(phone_id)) is None:
            raise RoomError(f"This room is full: {MOST_PHONES} phones draw in it already.")
        return phone

    def _check_pace(self, phone: Phone) -> None:
        if len(self._collected) >= MOST_DRAWINGS:
            raise RoomError(f"This room is full: it has {MOST_DRAWINGS:,} drawings.")
        if self._clock() - phone.last < SECONDS_BETWEEN:
            raise RoomError("One drawing a second is the most. Wait a moment, then send it again.")

    def _keep(self, phone: Phone, drawing_id: str, digit: RoomDigit, answer: int) -> None:
        if not self.is_open:
            raise RoomError(CLOSED)
        if drawing_id == phone.received:  # the same came twice at once
            return
        phone.received = drawing_id
        phone.drawn += 1
        self._collected.add(digit, answer)
        self._phones.ask_another(phone)

    # What the presenter asks

    @property
    def read_by(self) -> Hashable:
        """The name of whoever reads."""
        return self._reader[0]

    def read_with(self, read_by: Hashable, read: Reader) -> None:
        """Let another network read, from now on and all that was written before."""
        done: list[int] = []
        while True:
            with self._lock:
                todo = self._collected.digits[len(done) :]
                if not todo:
                    self._reader, self._collected.answers = (read_by, read), done
                    return
            done += read(np.stack([digit.image for digit in todo]))

    def hide(self, number: int) -> None:
        """Take a digit off the wall. It no longer counts, and nobody learns from it."""
        with self._lock:
            self._collected.hide(number)

    def bring_back(self) -> None:
        """Show the digit that was hidden last again."""
        with self._lock:
            self._collected.bring_back()

    def count(self) -> Count:
        """How many were written, and how many of them are read as what was asked for."""
        with self._lock:
            return self._collected.count()

    def news(self, first: int, most: int, marked: int) -> News:
        """At most `most` digits from number `first` on, and how the newest `marked` stand."""
        with self._lock:
            return self._collected.news(first, most, marked)

    def digits(self) -> list[RoomDigit]:
        """Those that are not hidden, in the order in which they came."""
        with self._lock:
            return self._collected.shown()
