"""How well a drawing of several digits is taken apart: `python -m tests.benchmarks.several_digits`.

Real digits of the 43 people whose strokes ship: each alone, which must stay one, and two or three
of one person side by side, from boxes that overlap to wide gaps. "right" is a drawing of which
every digit comes out as it does when drawn alone; "several" one of which the app says that it
cannot tell its digits apart; "one" and "wrong" are read wrongly, and nothing is said. `--exam` does
the same with UJI Pen Characters (60 people), on which nothing is ever tuned: look seldom.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch

from core import drawing
from core.datasets.pens.collection import load
from tests.benchmarks.drawn_digits import uji
from tests.beside import AROUND, Beside, canvas_of, outcome, side_by_side
from tests.replay import Stroke

SEED = 42
GAPS = (-0.1, -0.05, 0.0, 0.05, 0.1, 0.2, 0.4, 0.6)  # as shares of a digit's height
OUTCOMES = ("right", "several", "one", "wrong")

Writers = dict[str, list[tuple[list[Stroke], int]]]  # by name: strokes and label of each digit


def pens() -> Writers:
    """All that ship."""
    found: Writers = {}
    digits = load()
    for index, (writer, label) in enumerate(zip(digits.writers, digits.labels, strict=True)):
        found.setdefault(digits.names[writer], []).append((digits.strokes(index), int(label)))
    return found


def exam() -> Writers:
    """UJI, whose digits do not say who wrote them."""
    return {"UJI": uji()}


def singles(writers: Writers) -> None:
    """How many digits that are one do not stay one, and which."""
    counts: Counter[str] = Counter()
    broken, seconds = [], 0.0
    for name, digits in writers.items():
        for number, (strokes, label) in enumerate(digits):
            canvas = canvas_of(strokes)
            started = time.perf_counter()
            try:
                found = len(drawing.prepare_all(canvas))
            except drawing.SeveralDigits:
                found = 0
            seconds += time.perf_counter() - started
            kind = {0: "several", 1: "one"}.get(found, "taken apart")
            counts[kind] += 1
            if kind != "one":
                broken.append(f"a {label} by {name} (number {number}): {kind}")
    total = counts.total()
    wrong = total - counts["one"]
    print(f"{total:,} single digits: {wrong} do not stay one ({wrong / total:.2%})")
    print("".join(f"  {each}\n" for each in broken), end="")
    print(f"  {seconds / total * 1_000:.1f} ms each, the drawing of its image included")


def together(
    writers: Writers, digits: int, gap: float, least_size: float, drawings: int
) -> list[Beside]:
    """Drawings of so many digits of one writer each, by chance."""
    random = np.random.default_rng(SEED)
    names = list(writers)
    made = []
    for _ in range(drawings):
        own = writers[names[random.integers(len(names))]]
        chosen = [own[index][0] for index in random.integers(len(own), size=digits)]
        made.append(side_by_side(chosen, gap, random, least_size))
    return made


def row(title: str, outcomes: Counter[str]) -> None:
    total = outcomes.total()
    shares = "".join(f"{outcomes[each] / total:>10.1%}" for each in OUTCOMES)
    print(f"{title:>44}{shares}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.several_digits", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--drawings", type=int, default=500, help="in each row")
    parser.add_argument("--exam", action="store_true", help="UJI in their place")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    writers = exam() if chosen.exam else pens()
    print(f"{chosen.drawings} drawings in each row; of one writer each, if known.\n")
    singles(writers)
    print(f"\n{'':>44}" + "".join(f"{each:>10}" for each in OUTCOMES))
    for least_size in (0.75, 0.5):
        for digits in (2, 3):
            for gap in GAPS:
                made = together(writers, digits, gap, least_size, chosen.drawings)
                title = f"{digits} digits, {least_size:.0%} to 100 % tall, gap {gap:.0%}"
                row(title, Counter(map(outcome, made)))
    for around, draw in AROUND.items():
        for digits in (1, 2):
            random = np.random.default_rng(SEED)
            made = together(writers, digits, 0.2, 0.75, chosen.drawings)
            row(f"{digits} of them, {around}", Counter(outcome(m, [draw(m, random)]) for m in made))


if __name__ == "__main__":
    main()
