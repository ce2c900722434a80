"""Tries what can be handed in, case after case: only documented errors come out, and no file.

What is tried is in the other modules of this folder. The suite tries a few, always the same
(test_handed_in.py); `python -m tests.benchmarks.fuzz` tries many, each time others.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.property import drawings, kept, links, pictures, runs
from tests.property.written import outside


@dataclass(frozen=True)
class Kind:
    """One way into the app: what could come, and what is asked of the engine then."""

    cases: SearchStrategy[Any]
    check: Callable[[Any], bool]  # whether the case was taken, not refused


KINDS = {
    "drawings": Kind(drawings.cases, drawings.check),
    "links": Kind(links.cases, links.check),
    "kept in a browser": Kind(kept.cases, kept.check),
    "pictures": Kind(pictures.cases, pictures.check),
    "runs brought back": Kind(runs.uploads, runs.check_upload),
    "run folders": Kind(runs.folders, runs.check_folder),
}


@dataclass
class Tally:
    """How many cases were tried, how many of them were taken, and how long the slowest took."""

    tried: int = 0
    taken: int = 0
    slowest: float = field(default=0.0)  # seconds


def try_cases(kind: Kind, many: int, home: Path, chance: int | None = None) -> Tally:
    """Try so many cases. Raises what the simplest case raises in which something else comes out.

    home: the app's folder, outside of which nothing may be written. chance: a number that decides
    which cases; None: always the same ones.
    """
    tally = Tally()

    def one(case: Any) -> None:
        with outside(home) as written:
            began = time.perf_counter()
            tally.taken += kind.check(case)
            tally.slowest = max(tally.slowest, time.perf_counter() - began)
        tally.tried += 1
        assert not written, written

    cases = settings(
        max_examples=many,
        derandomize=chance is None,
        database=None,
        report_multiple_bugs=False,
        deadline=None,  # a busy machine is no fault
        suppress_health_check=list(HealthCheck),
    )(given(kind.cases)(one))
    (cases if chance is None else seed(chance)(cases))()
    return tally
