"""Codes of rooms: short to type, too many to guess."""

from __future__ import annotations

from core.room.codes import ALPHABET, LENGTH, new_code, shown, typed
from core.room.limits import MOST_ROOMS, WRONG_IN_ALL, WRONG_IN_ALL_SECONDS

DAY = 86_400  # seconds


def test_a_code_cannot_be_guessed_in_a_day_of_as_many_tries_as_are_looked_at():
    tries = DAY * WRONG_IN_ALL / WRONG_IN_ALL_SECONDS
    assert tries == 864_000
    assert MOST_ROOMS * tries / len(ALPHABET) ** LENGTH < 1 / 30_000


def test_no_two_letters_of_a_code_look_alike():
    assert len(set(ALPHABET)) == len(ALPHABET) == 26
    for alike in ("0O", "1I", "2Z", "5S", "8B"):
        assert not set(alike) & set(ALPHABET)


def test_codes_differ_and_use_every_letter():
    codes = [new_code() for _ in range(500)]
    assert len(set(codes)) == 500
    assert set("".join(codes)) == set(ALPHABET)
    assert {len(code) for code in codes} == {LENGTH}


def test_a_code_is_read_however_it_is_typed():
    code = new_code()
    assert typed(shown(code)) == typed(f" {code.lower()} ") == code
    assert typed("<b>") == ""
    assert len(typed("A" * 1_000_000)) <= 40
