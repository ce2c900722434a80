"""What happens when things go wrong: a server killed while it trains or saves, or told to end.

    python -m tests.benchmarks.faults [TIMES]

Each is tried TIMES times (20), as tests/cut_off.py does it. Then the tests that hold the other
faults are named.
"""

from __future__ import annotations

import sys

from core.machine.storage import home
from tests.cut_off import FAULTS, tried

HELD_BY = {
    "disk full": "tests/core/runs/kept/test_store.py, test_job.py, tests/pages/train/test_runs.py",
    "folder read-only": "tests/core/machine/test_storage.py, tests/core/datasets/test_mnist.py",
    "MNIST damaged after download": "tests/core/datasets/test_mnist.py",
    "a card edited by hand": "tests/core/runs/kept/test_store.py",
    "clock set back": "tests/core/runs/test_cut_off.py",
    "two tabs, another visitor": "tests/pages/train/test_steering.py",
    "Stop a hundred times": "tests/core/runs/steering/test_controls.py",
    "impatient clicks": "tests/core/runs/test_job.py, tests/pages/train/test_steering.py",
    "a visitor leaves": "tests/core/runs/test_job.py",
    "an exception in a job": "tests/core/runs/test_job.py",
    "a card (CUDA) that cannot be used": "tests/core/runs/test_job.py",
    "words from a link": "tests/pages/test_marked_text.py",
}


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    print("| fault | times | what happened |\n|---|--:|---|")
    for name in FAULTS:
        happened = tried(name, times, home())
        said = "; ".join(f"{count}: {what}" for what, count in happened.most_common())
        print(f"| {name} | {times} | {said} |", flush=True)
    print("\n| fault | held by |\n|---|---|")
    for name, where in HELD_BY.items():
        print(f"| {name} | {where} |")


if __name__ == "__main__":
    main()
