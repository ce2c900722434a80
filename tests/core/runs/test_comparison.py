"""Two networks on the same images: the counts, the chance, and what is called better."""

from __future__ import annotations

from math import comb

import pytest
import torch

from core.config import TrainingConfig
from core.runs.comparison import compare, differing, readers_of


def answers(both: int, first: int, second: int, neither: int):
    """What two networks say to images of the digit 3, in this division."""
    right, wrong = torch.tensor(3), torch.tensor(5)
    one = [right] * both + [right] * first + [wrong] * second + [wrong] * neither
    two = [right] * both + [wrong] * first + [right] * second + [wrong] * neither
    return torch.stack(one), torch.stack(two), torch.full((len(one),), 3)


def by_hand(first: int, second: int) -> float:
    """Both ends of the binomial distribution with a chance of one half."""
    total, small = first + second, min(first, second)
    return min(1.0, 2 * sum(comb(total, k) for k in range(small + 1)) / 2**total)


@pytest.mark.parametrize(("first", "second"), [(0, 0), (5, 5), (8, 1), (1, 12), (30, 12), (3, 4)])
def test_the_chance_is_that_of_the_exact_test(first, second):
    found = compare(*answers(7, first, second, 2))
    assert (found.both, found.only_first, found.only_second) == (7, first, second)
    assert found.neither == 2
    assert found.chance == pytest.approx(by_hand(first, second) if first + second else 1.0)


def test_the_verdict():
    assert compare(*answers(90, 20, 2, 0)).better == 0
    assert compare(*answers(90, 2, 20, 0)).better == 1
    assert compare(*answers(90, 6, 5, 0)).better is None
    assert compare(*answers(90, 0, 0, 3)).better is None


def test_who_reads_which_image():
    one, two, labels = answers(1, 1, 1, 1)
    assert readers_of([one, two], labels).tolist() == [
        [True, True, False, False],
        [True, False, True, False],
    ]


def test_only_the_settings_that_differ():
    configs = [TrainingConfig(), TrainingConfig(epochs=5), TrainingConfig(hidden_sizes=(30,))]
    assert differing(configs) == {
        "hidden_sizes": ((100, 50), (100, 50), (30,)),
        "epochs": (3, 5, 3),
    }
    assert differing(configs[:1]) == {}
