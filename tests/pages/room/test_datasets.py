"""The digits of a room, to look at on Data and to learn from on Train."""

from __future__ import annotations

import pytest

from core.room.dataset import dataset_of
from pages.ui.state import server
from pages.ui.state.visit import KEY
from tests.pages.app import choose, group, handed_over, html, open_page, press, texts, wait_for_end

pytestmark = pytest.mark.usefixtures("fresh_server")


@pytest.fixture
def page(write):
    """A visitor whose room has 40 digits, on Data."""
    page = press(open_page("room"), "Open a room")
    write(room_of(page), 40)
    return page.switch_page("pages/data.py").run()


def room_of(page):
    return server.rooms().of(page.session_state[KEY].owners)


def on_wall(page) -> dict:
    return handed_over(page, "sheet")


def labels(page, name: str) -> list[str]:
    return [each.replace("\\", "") for each in group(page, name).options]


def test_what_the_room_wrote_is_a_wall_on_data(page):
    assert labels(page, "Dataset")[2:] == ["Digits of this room: 40 by 40 phones"]
    choose(page, "Dataset", group(page, "Dataset").options[2])
    assert not page.exception
    drawings = len(dataset_of(room_of(page).digits()).written)
    assert f"The {drawings} drawings of which the 2,000 training images are made" in texts(page)
    assert "Written by people in a room, on their phones" in texts(page)


def test_what_comes_later_does_not_change_what_was_chosen(page, write):
    choose(page, "Dataset", group(page, "Dataset").options[2])
    before = on_wall(page)
    write(room_of(page), 45)  # those phones have sent theirs: five more come
    page.run()
    assert labels(page, "Dataset")[2:] == [
        "Digits of this room: 40 by 40 phones",
        "Digits of this room: 45 by 45 phones",
    ]
    assert on_wall(page) == before


def test_too_few_are_not_offered(page):
    for number in range(21):
        room_of(page).hide(number)
    page.run()
    assert len(labels(page, "Dataset")) == 2


def test_a_network_learns_from_the_room_and_sits_its_exam_on_it(page):
    page.session_state[KEY].train.build_open = True
    page.switch_page("pages/train.py").run()
    choose(page, "Learn from", group(page, "Learn from").options[2])
    assert page.session_state[KEY].train.settings.dataset.startswith("room-")
    test = dataset_of(room_of(page).digits()).test
    press(page, "Start training")
    wait_for_end(page)
    assert not page.exception
    (job,) = server.board().jobs()
    assert job.snapshot().test.images == len(test)
    server.rooms().close(room_of(page))
    page.run()
    assert not page.exception
    page.switch_page("pages/runs.py").run()
    assert not page.exception
    assert "Digits of a room" in texts(page) + html(page)


def test_a_link_to_a_room_that_is_gone_says_so():
    page = press(open_page("train", dataset="room-0123456789abcdef"), "Start training")
    wait_for_end(page)
    assert not page.exception
    assert "The room where these digits were written is closed" in texts(page)
