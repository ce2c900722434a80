"""One room: what it takes and refuses, what it counts, what the wall hears, and its end."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from core.drawing import DrawingError
from core.room import room as rooms
from core.room.collected import DOUBT
from core.room.limits import OPEN_SECONDS, SECONDS_BETWEEN
from core.room.room import Room, RoomError
from tests.fresh_process import fresh_python


def test_it_counts_what_was_written_and_what_was_read(room, write):
    write(room, 20, phones=2)
    count = room.count()
    assert (count.written, count.right, count.hidden) == (20, 2, 0)  # two 1s
    assert sorted(each.label for each in room.digits()) == sorted([*range(10)] * 2)


def test_a_phone_is_asked_for_another_digit_once_its_drawing_came(room, sent, clock):
    first = room.request("a")
    assert room.request("a") == first
    assert room.put("a", "x", sent(first)) == 1  # as the network reads everything
    assert room.request("a") != first
    assert room.received("a") == "x"


def test_the_same_drawing_is_taken_once_however_often_it_is_sent(room, sent, clock):
    drawing = sent(room.request("a"))
    room.put("a", "x", drawing)
    clock.now += 10
    assert room.put("a", "x", drawing) is None
    assert room.count().written == 1


def test_a_phone_cannot_flood_the_room(room, sent, clock):
    room.put("a", "0", sent(3))
    for number in range(1, 50):
        clock.now += SECONDS_BETWEEN / 100
        with pytest.raises(RoomError, match="One drawing a second"):
            room.put("a", str(number), sent(3))
    room.put("b", "0", sent(3))  # others draw on
    clock.now += SECONDS_BETWEEN
    room.put("a", "50", sent(3))
    assert room.count().written == 3


def test_a_flood_from_many_threads_leaves_one_drawing_a_second(room, sent):
    refused = []

    def flood(number: int) -> None:
        try:
            room.put("a", str(number), sent(3))
        except RoomError as problem:
            refused.append(problem)

    threads = [threading.Thread(target=flood, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (room.count().written, len(refused)) == (1, 7)


def test_what_is_no_digit_is_refused_and_the_request_stays(room, clock):
    asked = room.request("a")
    with pytest.raises(DrawingError):
        room.put("a", "x", "nonsense")
    assert room.request("a") == asked
    assert room.count().written == 0


def test_a_full_room_says_so(room, sent, write, monkeypatch):
    monkeypatch.setattr(rooms, "MOST_DRAWINGS", 3)
    write(room, 3)
    with pytest.raises(RoomError, match="This room is full: it has 3 drawings"):
        room.put("new", "x", sent(3))


def test_another_network_reads_all_that_was_written_too(room, write):
    write(room, 12)
    room.read_with("truth", lambda images: [each.label for each in room.digits()][: len(images)])
    assert room.read_by == "truth"
    assert room.count().right == 12


def test_what_comes_while_another_network_is_chosen_is_read_by_that_one(room, sent, clock):
    """A drawing is being read when the network changes."""
    in_hand, go_on = threading.Event(), threading.Event()

    def slow(images: np.ndarray) -> list[int]:
        in_hand.set()
        go_on.wait(20)
        return [1] * len(images)

    room.read_with("slow", slow)
    thread = threading.Thread(target=room.put, args=["a", "x", sent(3)])
    thread.start()
    assert in_hand.wait(20)
    room.read_with("fives", lambda images: [5] * len(images))
    go_on.set()
    thread.join(20)
    assert room.news(0, 10, 10).marks == "5"


def test_hidden_digits_do_not_count_and_the_last_comes_back_first(room, write):
    write(room, 5)
    for number in (1, 3, 3, 99, -1):
        room.hide(number)
    assert (room.count().written, room.count().hidden) == (3, 2)
    assert len(room.digits()) == 3
    assert room.news(0, 5, 5).marks == "1-1-1"
    room.bring_back()
    assert room.news(0, 5, 5).marks == "1-111"
    room.bring_back()
    room.bring_back()
    assert room.count().hidden == 0


def test_what_does_not_look_like_a_digit_is_marked_and_not_counted_as_read(room, write):
    room.read_with("doubts", lambda images: [DOUBT] * len(images))
    write(room, 10)
    assert room.news(0, 10, 10).marks == "?" * 10
    assert (room.count().written, room.count().right) == (10, 0)


def test_the_wall_hears_only_what_is_new(room, write):
    write(room, 10)
    news = room.news(first=7, most=2, marked=4)
    assert [each.label for each in news.digits] == [d.label for d in room.digits()[7:9]]
    assert (news.first, news.marked, news.marks) == (7, 6, "1111")


def test_it_closes_by_itself_after_two_hours(room, sent, clock):
    assert OPEN_SECONDS == 2 * 60 * 60
    clock.now = OPEN_SECONDS - 1
    room.put("a", "x", sent(3))
    clock.now = OPEN_SECONDS
    assert not room.is_open
    with pytest.raises(RoomError, match="closed"):
        room.put("a", "y", sent(3))


def test_a_closed_room_has_forgotten_its_drawings(room, sent, write):
    write(room, 4)
    room.close()
    assert not room.digits()
    assert room.count().written == 0
    with pytest.raises(RoomError, match="closed"):
        room.request("a")


def test_a_digit_takes_a_few_thousand_bytes(room, write):
    write(room, 20)
    for digit in room.digits():
        assert digit.image.nbytes + digit.points.nbytes + digit.lengths.nbytes < 3_000


def test_a_room_needs_no_torch_before_the_first_drawing():
    fresh_python(
        "-c", "import core.room.rooms, core.room.saved, sys; sys.exit('torch' in sys.modules)"
    )


def test_two_rooms_are_saved_under_different_names(room):
    assert Room("o", "c", 0, lambda images: []).id != room.id
