"""Drawings that are no digit, in an exam in which the network may keep silent."""

from __future__ import annotations

import numpy as np
import pytest

from core.datasets.no_digits.collection import KINDS
from core.exam.refusals import COUNT, show_no_digits, sureness
from core.pretrained import load


@pytest.fixture(scope="module")
def shown():
    return show_no_digits(load("tutorial").model)


def test_the_drawings_are_always_the_same(shown):
    again = show_no_digits(load("tutorial").model)
    assert len(shown.images) == COUNT
    assert np.array_equal(shown.images, again.images)
    assert {shown.kind(at) for at in range(COUNT)} == set(KINDS)


def test_the_more_is_asked_for_the_fewer_pass_the_surest_first(shown):
    sure = shown.exam.confidences
    before = COUNT + 1
    for at_least in (0, 0.5, 0.9, 0.99):
        passed = shown.let_pass(at_least, doubting=False)
        assert len(passed) == sum(each >= at_least for each in sure) < before
        assert list(sure[passed]) == sorted(sure[passed], reverse=True)
        before = len(passed)


def test_who_doubts_is_less_sure(shown):
    sure = sureness(shown.exam, doubting=True)
    by_hand = [c * (1 - d) for c, d in zip(shown.exam.confidences, shown.exam.doubts, strict=True)]
    np.testing.assert_allclose(sure, by_hand)


def test_the_network_that_ships_lets_few_pass():
    shown = show_no_digits(load("default").model)
    assert len(shown.let_pass(0.9, doubting=True)) < 0.15 * COUNT
