"""The rooms of a server: opened, found by their code, closed by themselves.

A wrong code is no room and no more is said; how many wrong codes are looked at is limited, for each
visitor and for all together (limits.py, and codes.py for what that is good for).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable

from core.room.codes import new_code, typed
from core.room.limits import (
    MOST_ROOMS,
    OPEN_SECONDS,
    WRONG_IN_ALL,
    WRONG_IN_ALL_SECONDS,
    WRONG_OF_ONE,
    WRONG_OF_ONE_SECONDS,
    Rate,
)
from core.room.room import Reader, Room, RoomError

NO_ROOM = "There is no room with this code. Scan the code on the wall again, or ask who opened it."
TOO_OFTEN = "Too many wrong codes were tried just now. Wait a minute, then try again."


class Rooms:
    """All rooms of one server. May be asked from many threads at once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()  # guards everything below
        self._rooms: dict[str, Room] = {}  # by code
        self._ends: dict[str, threading.Timer] = {}  # what closes each, by code
        self._wrong_of_one = Rate(WRONG_OF_ONE, WRONG_OF_ONE_SECONDS)
        self._wrong_in_all = Rate(WRONG_IN_ALL, WRONG_IN_ALL_SECONDS)

    def open(self, owner: str, read_by: Hashable, read: Reader) -> Room:
        """A new room of this owner; the one that is open already, if there is one.

        Raises RoomError where the server has as many as it bears.
        """
        if room := self.of([owner]):
            return room
        with self._lock:
            self._forget_closed()
            if len(self._rooms) >= MOST_ROOMS:
                raise RoomError(
                    f"{MOST_ROOMS} rooms are open on this server, and that is the most. Try again "
                    "when one of them has closed: each does after two hours."
                )
            room = self._rooms[code] = Room(owner, code := new_code(), read_by, read, self._clock)
            end = self._ends[code] = threading.Timer(OPEN_SECONDS, self.close, [room])
        end.daemon = True  # a server that stops does not wait for it
        end.start()
        return room

    def close(self, room: Room) -> None:
        """Close a room: its drawings are forgotten."""
        room.close()
        with self._lock:
            self._forget_closed()

    def of(self, owners: list[str]) -> Room | None:
        """The room that one of these ids opened, while it is open."""
        with self._lock:
            return next(
                (each for each in self._rooms.values() if each.owner in owners and each.is_open),
                None,
            )

    def find(self, text: str, visitor: Hashable) -> Room:
        """The room with this code, as typed or scanned. visitor: whose wrong codes are counted.

        Raises RoomError where there is none, and where too many wrong codes were tried.
        """
        now = self._clock()
        with self._lock:
            if not (
                self._wrong_of_one.allows(visitor, now) and self._wrong_in_all.allows("all", now)
            ):
                raise RoomError(TOO_OFTEN)
            room = self._rooms.get(typed(text))
            if room is None or not room.is_open:
                self._wrong_of_one.count(visitor, now)
                self._wrong_in_all.count("all", now)
                raise RoomError(NO_ROOM)
            return room

    def _forget_closed(self) -> None:
        for code in [code for code, room in self._rooms.items() if not room.is_open]:
            del self._rooms[code]
            self._ends.pop(code).cancel()
