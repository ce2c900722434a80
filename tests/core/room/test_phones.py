"""What phones are asked to write: every digit equally often, of each phone and of the room."""

from __future__ import annotations

import random
from collections import Counter

from core.room.limits import MOST_PHONES
from core.room.phones import Phones


def requests(phones: Phones, ids: list[str], rounds: int) -> list[list[int]]:
    """What each is asked for, one round after the other."""
    asked = []
    for _ in range(rounds):
        found = [phones.get(each) for each in ids]
        asked.append([phone.request for phone in found])
        for phone in found:
            phones.ask_another(phone)
    return asked


def test_in_ten_drawings_a_phone_writes_every_digit():
    phones = Phones(random.Random(0))
    asked = requests(phones, ["a", "b", "c"], rounds=10)
    for phone in zip(*asked, strict=True):
        assert sorted(phone) == list(range(10))
    orders = set(zip(*asked, strict=True))
    assert len(orders) == 3  # nobody can foresee it from the neighbour's


def test_a_room_in_which_everybody_draws_once_has_every_digit():
    phones = Phones(random.Random(0))
    (asked,) = requests(phones, [str(number) for number in range(40)], rounds=1)
    assert set(Counter(asked).values()) == {4}


def test_a_phone_keeps_its_request_and_number():
    phones = Phones(random.Random(0))
    first = phones.get("a")
    phones.get("b")
    assert phones.get("a") is first
    assert [phones.get(each).number for each in "ab"] == [0, 1]


def test_a_full_room_forgets_phones_that_never_drew_and_no_others():
    phones = Phones(random.Random(0))
    for number in range(MOST_PHONES):
        phones.get(str(number)).drawn = number % 2  # every other one drew
    assert phones.get("new").number == MOST_PHONES
    assert phones.get("1").number == 1
    for number in range(MOST_PHONES // 2 - 1):
        phones.get(f"newer {number}").drawn = 1
    phones.get("new").drawn = 1
    assert phones.get("newest") is None
