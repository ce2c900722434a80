"""Sketches of rare ways to write: always the same ones, and a 1 never as flat as a 7."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from core.datasets.rare_styles import STYLES, one_on_foot, one_with_arm, rare_digits, slashed_zero


@pytest.mark.parametrize("name", STYLES)
def test_the_same_seed_gives_the_same_digits(name):
    (first, labels), (again, _), (other, _) = (rare_digits(name, 20, seed) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert labels.tolist() == [STYLES[name][0]] * 20
    assert len(torch.unique(first, dim=0)) == 20


def test_the_arm_of_a_1_is_long_and_steeper_than_the_bar_of_a_7():
    for seed in range(50):
        ((tip, corner, _),) = one_with_arm(np.random.default_rng(seed))
        along, down = corner[0] - tip[0], tip[1] - corner[1]
        assert math.degrees(math.atan2(down, along)) > 25
        assert 0.3 <= math.hypot(along, down) <= 0.7  # of the stem


def test_a_foot_reaches_to_both_sides_of_the_stem():
    for seed in range(50):
        stem, foot = one_on_foot(np.random.default_rng(seed))
        assert foot[0][0] < stem[-1][0] < foot[1][0]
        assert foot[0][1] == foot[1][1] == stem[-1][1]


def test_a_slash_crosses_the_middle_of_the_0():
    for seed in range(50):
        oval, ((right, high), (left, low)) = slashed_zero(np.random.default_rng(seed))
        assert left < 0 < right and high < 0 < low
        assert np.linalg.norm(oval[0] - oval[-1]) < 0.4 * np.ptp(oval[:, 1])
