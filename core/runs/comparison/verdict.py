"""Which of several networks reads better, and is that more than chance? All read the same images.

The test is McNemar's, exact: of the images that only one of two reads right, how likely is a
division at least so uneven if both were equally good? (McNemar, "Note on the sampling error of the
difference between correlated proportions or percentages", Psychometrika 12, 1947.) Where there are
more than two, every pair is a test, and Holm's method keeps the chance of one false verdict among
all of them as small as it would be for one pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from torch import Tensor

SURE = 0.05  # below this chance a difference is called one


@dataclass(frozen=True)
class Verdict:
    """Two networks on the same images: how many only one of them reads rightly, and the chance."""

    only_first: int
    only_second: int
    chance: float  # 0 to 1, of a difference at least this large if both were equally good

    @property
    def better(self) -> int | None:
        """0: the first, 1: the second; None: too close to call."""
        if self.chance >= SURE:
            return None
        return 0 if self.only_first > self.only_second else 1


def compare(first: Tensor, second: Tensor, labels: Tensor) -> Verdict:
    """first, second: int64 (N,), what each network answered; labels: int64 (N,), the truth."""
    right, other = first == labels, second == labels
    only_first, only_second = int((right & ~other).sum()), int((other & ~right).sum())
    chance = chance_of(min(only_first, only_second), only_first + only_second)
    return Verdict(only_first, only_second, chance)


def chance_of(fewer: int, tosses: int) -> float:
    """That so many tosses of a fair coin fall as unevenly as this, or more so: 0 to 1.

    fewer: the rarer side, at most half of `tosses`. scipy.stats has it too, among 45 MB of others.
    """
    ways = of_one = 1  # to fall on that side never; then once, twice, …
    for number in range(fewer):
        of_one = of_one * (tosses - number) // (number + 1)
        ways += of_one
    return min(1.0, 2 * ways / 2**tosses)


def best_against_each(answers: Sequence[Tensor], labels: Tensor) -> tuple[int, dict[int, Verdict]]:
    """The network that reads the most, and its verdict against each of the others, by their place.

    answers: int64 (N,) of each network, two or more. In every verdict the best is the first. The
    chances are corrected for all pairs, since any of them might have come out best.
    """
    rights = [int((each == labels).sum()) for each in answers]
    best = rights.index(max(rights))
    pairs = list(combinations(range(len(answers)), 2))
    verdicts = []
    for first, second in pairs:
        first, second = (second, first) if second == best else (first, second)
        verdicts.append(compare(answers[first], answers[second], labels))
    corrected = holm([each.chance for each in verdicts])
    return best, {
        first + second - best: replace(verdict, chance=chance)
        for (first, second), verdict, chance in zip(pairs, verdicts, corrected, strict=True)
        if best in (first, second)
    }


def holm(chances: Sequence[float]) -> list[float]:
    """The chances of several tests, corrected for how many there are, in the same order.

    (Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
    Statistics 6, 1979.)
    """
    corrected, worst = [0.0] * len(chances), 0.0
    for place, test in enumerate(sorted(range(len(chances)), key=chances.__getitem__)):
        worst = max(worst, min(1.0, (len(chances) - place) * chances[test]))
        corrected[test] = worst
    return corrected
