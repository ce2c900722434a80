"""Hands the app what nobody should, many times: does anything but a documented error come out?

    python -m tests.benchmarks.fuzz [--cases 20000] [--pages 200] [--seed N]

Drawings, links, pictures, runs brought back and the folders of runs (tests/property), fewer of what
takes longer; and pages opened with such links and run folders. The seed is printed: with it, the
same cases come again. Stops at the first fault with its simplest case.
"""

from __future__ import annotations

import argparse
import os
import secrets
import tempfile
import time
from pathlib import Path

from hypothesis.configuration import set_hypothesis_home_dir

from core.machine.tuning import import_torch
from tests.property.opened_pages import PAGES
from tests.property.trying import KINDS, try_cases

SHARES = {  # of all cases
    "drawings": 0.25,
    "links": 0.3,
    "kept in a browser": 0.1,
    "pictures": 0.05,
    "runs brought back": 0.15,
    "run folders": 0.15,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}")
    print(f"{'':<20} {'tried':>8} {'taken':>8} {'refused':>8} {'slowest s':>10} {'all s':>7}")
    import_torch()
    with tempfile.TemporaryDirectory() as name:
        set_hypothesis_home_dir(Path(name) / "hypothesis")
        home = Path(name) / "home"
        os.environ["DIGITLAB_HOME"] = str(home)
        everything = {kind: round(share * chosen.cases) for kind, share in SHARES.items()}
        everything["pages"] = chosen.pages
        for kind, many in everything.items():
            if not many:
                continue
            began = time.perf_counter()
            tally = try_cases((KINDS | {"pages": PAGES})[kind], many, home, chosen.seed)
            print(
                f"{kind:<20} {tally.tried:>8,} {tally.taken:>8,} "
                f"{tally.tried - tally.taken:>8,} {tally.slowest:>10.2f} "
                f"{time.perf_counter() - began:>7.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
