"""Drawings that are no digit: always the same ones, of every kind, and of the exam by others."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.datasets.no_digits import collection, letters, shapes
from core.datasets.no_digits.collection import HALVES, KINDS, drawn_as, inside, no_digits, sized
from core.datasets.pens.collection import load, split


def test_the_same_seed_gives_the_same_drawings_of_every_kind():
    heard = []
    images, kinds = no_digits(1_200, 3, on_progress=lambda done, total: heard.append((done, total)))
    assert images.shape == (1_200, 28, 28) and images.dtype == torch.uint8
    assert set(kinds.tolist()) == set(range(len(KINDS)))
    assert ((images > 127).sum((1, 2)) > 5).all()  # something is drawn on each
    assert heard[-1] == (1_200, 1_200)
    again, _ = no_digits(1_200, 3)
    assert torch.equal(images, again)
    other, _ = no_digits(1_200, 4)
    assert not torch.equal(images, other)


def test_kinds_come_as_often_as_they_shall():
    _, kinds = no_digits(2_000, 1)
    shares = np.array([share for _, share in KINDS.values()])
    found = torch.bincount(kinds).numpy() / 2_000
    np.testing.assert_allclose(found, shares / shares.sum(), atol=0.04)


def test_the_exam_has_letters_of_fonts_and_digits_of_writers_that_nobody_learned_from():
    assert not set(letters.letters()) & set(letters.letters(exam=True))
    assert not set(letters.LEARNED) & set(letters.EXAM)
    learned, held_back = split(load())
    assert not set(learned.writers) & set(held_back.writers)


def test_no_letter_is_learned_from_that_people_write_as_a_digit():
    for digit_shaped in "OoIlSZBqgbGiJjTtDQYyz":
        assert digit_shaped not in letters.LATIN


def test_every_shape_and_letter_has_strokes_that_can_be_drawn():
    drawings = [*shapes.SHAPES.values(), *letters.letters().values()]
    images = drawn_as(drawings, seed=0)
    assert len(images) == len(drawings)
    assert (images.flatten(1).amax(1) > 200).all()


@pytest.mark.parametrize("digit", HALVES)
def test_half_a_digit_is_about_half_of_it(digit, monkeypatch):
    pens = split(load())[0]
    whole = sized(pens, np.random.default_rng(5), digit)
    monkeypatch.setattr(collection, "HALVES", {digit: HALVES[digit]})
    monkeypatch.setattr(collection, "sized", lambda pens, random, digit: whole)
    points = np.concatenate(whole)
    for seed in range(8):
        half = np.concatenate(collection.half_a_digit(np.random.default_rng(seed), pens, False))
        shares = np.ptp(half, axis=0) / np.ptp(points, axis=0)
        assert 0.3 < shares.min() < 0.7  # across the cut; along it more may be left


def test_a_stroke_is_cut_where_it_leaves_what_is_wanted():
    stroke = np.arange(12.0).reshape(12, 1).repeat(2, axis=1)
    wanted = np.array([1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1], bool)
    assert [run[:, 0].tolist() for run in inside(stroke, wanted)] == [[0, 1, 2], [5, 6, 7, 8]]
