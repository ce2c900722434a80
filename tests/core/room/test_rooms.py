"""The rooms of a server: found with the right code only, and not by trying."""

from __future__ import annotations

import pytest

from core.room import rooms as module
from core.room.codes import new_code, shown
from core.room.limits import MOST_ROOMS, OPEN_SECONDS, WRONG_IN_ALL, WRONG_OF_ONE
from core.room.room import RoomError
from core.room.rooms import Rooms


def nothing(images) -> list[int]:
    return [0] * len(images)


@pytest.fixture
def rooms(clock, monkeypatch) -> Rooms:
    class NoTimer:
        daemon = False

        def __init__(self, *arguments) -> None: ...

        def start(self) -> None: ...

        def cancel(self) -> None: ...

    monkeypatch.setattr(module.threading, "Timer", NoTimer)
    return Rooms(clock)


def test_a_room_is_found_by_its_code_only(rooms):
    room = rooms.open("owner", "default", nothing)
    assert rooms.find(shown(room.code).lower(), "a") is room
    for wrong in ("", new_code(), room.code[:-1], room.code + "A", "<script>"):
        with pytest.raises(RoomError, match="There is no room with this code"):
            rooms.find(wrong, "a")


def test_only_who_opened_a_room_is_its_presenter(rooms):
    room = rooms.open("owner", "default", nothing)
    assert rooms.of(["other", "owner"]) is room
    assert rooms.of(["other"]) is None
    assert rooms.of([]) is None
    assert rooms.open("owner", "default", nothing) is room  # opened twice, it is one


def test_who_tries_too_many_codes_is_not_heard_for_a_while(rooms, clock):
    room = rooms.open("owner", "default", nothing)
    for _ in range(WRONG_OF_ONE):
        clock.now += 0.2
        with pytest.raises(RoomError, match="There is no room"):
            rooms.find("wrong", "guesser")
    with pytest.raises(RoomError, match="Too many wrong codes"):
        rooms.find(room.code, "guesser")  # not even with the right one
    clock.now += 1
    assert rooms.find(room.code, "somebody else") is room
    clock.now += 60
    assert rooms.find(room.code, "guesser") is room


def test_all_visitors_together_try_ten_a_second_at_most(rooms, clock):
    room = rooms.open("owner", "default", nothing)
    looked_at = 0
    for number in range(1_000):  # a hundred a second, each from another address
        clock.now += 0.01
        try:
            rooms.find("wrong", number)
        except RoomError as problem:
            looked_at += "There is no room" in str(problem)
    assert looked_at <= 10 * WRONG_IN_ALL
    clock.now += 1
    assert rooms.find(room.code, "a") is room


def test_a_server_bears_so_many_rooms_and_closed_ones_make_place(rooms, clock):
    opened = [rooms.open(str(number), "default", nothing) for number in range(MOST_ROOMS)]
    with pytest.raises(RoomError, match=f"{MOST_ROOMS} rooms are open on this server"):
        rooms.open("one more", "default", nothing)
    rooms.close(opened[0])
    with pytest.raises(RoomError, match="There is no room"):
        rooms.find(opened[0].code, "a")
    rooms.open("one more", "default", nothing)
    clock.now = OPEN_SECONDS
    assert rooms.of(["one more"]) is None
    rooms.open("another", "default", nothing)
    assert len(rooms._rooms) == len(rooms._ends) == 1


def test_a_room_that_was_closed_leaves_no_timer_behind():
    rooms = Rooms()
    room = rooms.open("owner", "default", nothing)
    end = rooms._ends[room.code]
    rooms.close(room)
    end.join(20)
    assert not end.is_alive()
    assert not rooms._ends


def test_a_room_is_closed_by_the_clock_though_nobody_looks(monkeypatch):
    """The real timer: drawings are deleted then, not when somebody next asks."""
    monkeypatch.setattr(module, "OPEN_SECONDS", 0.05)
    rooms = Rooms()
    room = rooms.open("owner", "default", nothing)
    if end := rooms._ends.get(room.code):
        end.join(20)
    assert not room.is_open
    assert room.code not in rooms._rooms
