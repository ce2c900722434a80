"""Whose a run is: an id that the browser keeps, of which nothing but its form is believed."""

from __future__ import annotations

import pytest

from pages.ui.state import owner
from pages.ui.state.visit import Visit

A, B = "a" * 22, "-_" * 11


@pytest.fixture
def here(monkeypatch) -> Visit:
    visit = Visit()
    monkeypatch.setattr(owner, "visit", lambda: visit)
    monkeypatch.setattr(owner.browser, "told_at_first", lambda name: [])
    return visit


def test_a_browser_gets_an_id_that_stays_and_no_other_gets(here):
    first = owner.in_use()
    assert owner.is_id(first)
    assert owner.in_use() == first
    here.owners = []
    assert owner.in_use() != first


def test_what_the_browser_kept_is_in_use_and_what_began_before_is_not_lost(here):
    before = owner.in_use()
    owner.take_back([A, B])
    assert owner.ids() == [A, B, before]
    owner.take_back([A, B])
    assert owner.ids() == [A, B, before]


def test_an_id_that_nothing_was_started_with_gives_way(here):
    owner.ids()
    owner.take_back([A, B])
    assert owner.ids() == [A, B]


def test_what_a_cookie_says_is_in_use_at_once_and_nonsense_in_it_is_left_out(here, monkeypatch):
    monkeypatch.setattr(owner.browser, "told_at_first", lambda name: ["<b>", A, B, ""])
    assert owner.has_answered()
    assert owner.ids() == [A, B]
    owner.take_back([B])  # the browser's own memory is right where they differ
    assert owner.ids() == [B]


@pytest.mark.parametrize(
    "kept", [None, {}, "a" * 22, [], ["a"], ["a" * 23], ["<" * 22], [7], [[A]], ["a" * 21 + "\n"]]
)
def test_what_is_no_id_is_left_out(here, kept):
    before = owner.in_use()
    owner.take_back(kept)
    assert owner.ids() == [before]


def test_a_browser_never_keeps_many(here):
    before = owner.in_use()
    owner.take_back([letter * 22 for letter in "abcdefgh"])
    assert len(owner.ids()) == owner.MOST
    assert before in owner.ids()
