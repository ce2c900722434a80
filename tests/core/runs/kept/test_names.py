"""Names of runs: the same for the same id, two plain words, seldom twice."""

from __future__ import annotations

import secrets

from core.runs.kept.names import ADJECTIVES, ANIMALS, spoken_name


def test_the_same_id_has_the_same_name():
    assert spoken_name("nothing-here") == spoken_name("nothing-here") == "Spotted Toad"


def test_a_name_is_two_words_of_the_lists():
    first, second = spoken_name("any id").split()
    assert first in ADJECTIVES.split()
    assert second in ANIMALS.split()


def test_no_word_stands_twice():
    assert len(set(ADJECTIVES.split())) == len(ADJECTIVES.split()) == 64
    assert len(set(ANIMALS.split())) == len(ANIMALS.split()) == 64


def test_names_seldom_meet():
    names = {spoken_name(secrets.token_urlsafe(9)) for _ in range(500)}
    assert len(names) > 440  # 4,096 pairs: about 471 different ones are to be expected
