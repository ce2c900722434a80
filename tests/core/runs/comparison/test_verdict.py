"""Two networks on the same images: the counts, the chance, and what is called better."""

from __future__ import annotations

import pytest
import torch
from scipy.stats import binomtest

from core.runs.comparison.verdict import best_against_each, chance_of, compare, holm


def answers(both: int, first: int, second: int, neither: int):
    """What two networks say to images of the digit 3, in this division."""
    right, wrong = torch.tensor(3), torch.tensor(5)
    one = [right] * both + [right] * first + [wrong] * second + [wrong] * neither
    two = [right] * both + [wrong] * first + [right] * second + [wrong] * neither
    return torch.stack(one), torch.stack(two), torch.full((len(one),), 3)


def exact(first: int, second: int) -> float:
    return binomtest(first, first + second).pvalue if first + second else 1.0


@pytest.mark.parametrize(("first", "second"), [(0, 0), (5, 5), (8, 1), (1, 12), (30, 12), (3, 4)])
def test_the_chance_is_that_of_the_exact_test(first, second):
    found = compare(*answers(7, first, second, 2))
    assert (found.only_first, found.only_second) == (first, second)
    assert found.chance == pytest.approx(exact(first, second))


def test_the_verdict():
    assert compare(*answers(90, 20, 2, 0)).better == 0
    assert compare(*answers(90, 2, 20, 0)).better == 1
    assert compare(*answers(90, 6, 5, 0)).better is None
    assert compare(*answers(90, 0, 0, 3)).better is None


def test_chances_of_several_tests_are_corrected_as_holm_does_by_hand():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.6]) == [1.0, 1.0]
    assert holm([0.03]) == [0.03]


def test_the_best_is_compared_with_each_and_the_chances_are_those_of_all_pairs():
    labels = torch.full((100,), 3)
    middle, good, bad = (torch.where(torch.arange(100) < right, 3, 5) for right in (80, 86, 40))
    best, verdicts = best_against_each([middle, good, bad], labels)
    assert best == 1
    assert list(verdicts) == [0, 2]
    against_middle, against_bad = verdicts.values()
    assert (against_middle.only_first, against_middle.only_second) == (6, 0)
    assert (against_bad.only_first, against_bad.only_second) == (46, 0)
    # the third pair, 80 against 40, is less likely by chance than 86 against 80
    assert against_middle.chance == pytest.approx(exact(6, 0))
    assert against_bad.chance == pytest.approx(3 * exact(46, 0))
    assert (against_middle.better, against_bad.better) == (0, 0)


def test_of_many_alike_a_small_lead_is_too_close_to_call():
    """Alone, 6 images to none would do."""
    labels = torch.full((100,), 3)
    best, verdicts = best_against_each(
        [torch.where(torch.arange(100) < right, 3, 5) for right in (80, 86, 86, 86)], labels
    )
    assert best == 1
    assert {place: each.better for place, each in verdicts.items()} == {0: None, 2: None, 3: None}


@pytest.mark.parametrize(
    ("fewer", "tosses"),
    [(0, 0), (0, 1), (0, 9), (3, 9), (4, 8), (5, 30), (90, 250), (4_900, 10_000)],
)
def test_the_chance_is_that_of_an_exact_binomial_test(fewer, tosses):
    assert chance_of(fewer, tosses) == pytest.approx(exact(fewer, tosses - fewer), rel=1e-9)
