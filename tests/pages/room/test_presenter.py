"""Before the presenter: a room is opened, fills its wall, teaches the network, and is closed."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from core.demonstration.recording import unpacked
from core.room.codes import shown
from core.room.limits import MOST_ROOMS
from pages.ui.room import wall
from pages.ui.state import server
from tests.pages.app import (
    choose,
    dropdown,
    handed_over,
    html,
    open_page,
    press,
    take,
    texts,
    wait_for_lessons,
)

pytestmark = pytest.mark.usefixtures("fresh_server")


def opened() -> tuple[AppTest, object]:
    page = press(open_page("room"), "Open a room")
    assert not page.exception
    return page, server.rooms().of(page.session_state["visit"].owners)


def on_wall(page: AppTest) -> dict:
    """What the browser is given for the wall."""
    return handed_over(page, "marks")


def test_the_code_stands_on_the_wall_to_scan_and_to_type():
    page, room = opened()
    assert shown(room.code) in html(page)
    assert f"code={room.code}" in html(page)
    assert "data:image/png" in html(page)


def test_only_who_opened_a_room_sees_its_wall(room):
    page = open_page("room")
    assert [each.label for each in page.button][:1] == ["Open a room"]
    assert room.code not in html(page) + texts(page)


def test_the_wall_is_given_only_what_is_new(write):
    page, room = opened()
    write(room, 5)
    first = on_wall(page.run())
    assert (first["written"], len(first["labels"]), len(first["marks"])) == (5, 5, 5)
    assert unpacked(first["pictures"]).size == 5 * 28 * 28
    again = on_wall(page.run())
    assert (again["first"], again["labels"], len(again["marks"])) == (5, "", 5)
    assert again["begun"] == first["begun"]


def test_a_look_stays_small_however_much_is_new(write, monkeypatch):
    page, room = opened()
    write(room, 120)
    monkeypatch.setattr(wall, "SHOWN", 100)
    page.session_state["visit"].room.sent = None  # as after a reload
    looks = []
    for _ in range(20):
        looks.append(on_wall(page.run()))
        assert len(json.dumps(looks[-1])) < 20_000
    assert sum(len(each["labels"]) for each in looks) == 100  # the newest
    assert looks[0]["first"] == 20


def test_too_many_rooms_are_refused_in_words():
    for number in range(MOST_ROOMS):
        server.rooms().open(str(number), "sevens", lambda images: [7] * len(images))
    page = press(open_page("room"), "Open a room")
    assert f"{MOST_ROOMS} rooms are open" in page.error[0].value


def test_the_network_in_use_reads_the_wall(write):
    page, room = opened()
    write(room, 30)
    take(page, "Network", "tutorial")
    assert room.read_by == "tutorial"
    some = room.count().right
    take(page, "Network", "default")
    assert room.read_by == "default"
    assert some <= room.count().right >= 28


def learns(page: AppTest):
    return next(each for each in page.button if each.label == "It learns from us")


def test_it_learns_from_the_room_and_goes_back_and_forth(write, brief_lessons):
    page, room = opened()
    take(page, "Network", "tutorial")
    assert learns(page).disabled
    write(room, 10)
    press(page.run(), "It learns from us")
    wait_for_lessons(page)
    assert "There are 10 digits, and 20 are needed" in texts(page)
    write(room, 60)
    press(page, "It learns from us")
    wait_for_lessons(page)
    assert not page.exception
    assert dropdown(page, "Network").label.startswith("Network: the tutorial network + this room")
    assert room.read_by.startswith("taught-")
    assert html(page).count("95 % interval") == 3
    choose(page, "Network before or after", "Before")
    assert room.read_by == "tutorial"
    choose(page, "Network before or after", "After")
    assert room.read_by.startswith("taught-")
    press(page, "Forget it")
    assert room.read_by == "tutorial"
    assert not [each for each in dropdown(page, "Network").options if "this room" in each]
    assert "95 % interval" not in html(page)


def test_a_lesson_can_be_stopped(write, brief_lessons):
    page, room = opened()
    write(room, 30)
    queue = server.queue()
    others = [object() for _ in range(queue.places)]
    for each in others:
        assert queue.enter(each)
    press(page.run(), "It learns from us")
    press(page, "Stop")
    for each in others:
        queue.leave(each)
    wait_for_lessons(page)
    assert not page.exception
    assert room.read_by == "default"
    assert not learns(page).disabled


def test_a_saved_room_is_a_set_for_the_exam(write):
    page, room = opened()
    write(room, 22)
    room.hide(0)
    press(page, "Save")
    assert "21 digits saved" in texts(page)
    press(page, "Close")
    assert not room.is_open
    assert [each.label for each in page.button][:1] == ["Open a room"]
    page.switch_page("pages/exam.py").run()
    *_, last = dropdown(page, "Examine it on").options
    assert last.replace("\\", "") == "Digits of a saved room: 21 by 21 phones"


def test_what_cannot_be_saved_is_said(write):
    page, _ = opened()
    press(page, "Save")
    assert "They could not be saved: nothing is drawn yet." in page.error[0].value
