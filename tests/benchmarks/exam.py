"""How long a click on the Exam page takes on the server, section by section.

    python -m tests.benchmarks.exam

Runs the page in Streamlit's own harness: what the server computes, without the browser. The first
line of each network includes its exam; the others are the median of reruns of the whole page.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.ui.exam import sections
from tests.conftest import MNIST_FILES, ROOT
from tests.pages.app import choose, take

ROUNDS = 9
SECTIONS = list(sections.SECTIONS)


def seconds(act: Callable[[], object], page: AppTest) -> float:
    """How long a run of the page takes, or something that leads to one."""
    started = time.perf_counter()
    act()
    assert not page.exception
    return time.perf_counter() - started


def main() -> None:
    if not MNIST_FILES.is_dir():
        sys.exit("This benchmark needs the MNIST files in ../shared/data/MNIST/raw.")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(MNIST_FILES, Path(folder) / "data" / "MNIST" / "raw")
        os.environ["DIGITLAB_HOME"] = folder
        page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        page.switch_page(str(ROOT / "pages" / "exam.py"))
        print(f"cold page, with torch, MNIST and the first exam: {seconds(page.run, page):.1f} s")
        print(f"{'network':<10}{'first ms':>10}" + "".join(f"{name:>12}" for name in SECTIONS))
        for network in ("tutorial", "default"):
            print(row(page, network))


def row(page: AppTest, network: str) -> str:
    """The median milliseconds of each section."""
    choose(page, "Look at", SECTIONS[0])
    times = [1000 * seconds(lambda: take(page, "Network", network), page)]
    for section in SECTIONS:
        choose(page, "Look at", section)
        times.append(1000 * statistics.median(seconds(page.run, page) for _ in range(ROUNDS)))
    return f"{network:<10}{times[0]:>10.0f}" + "".join(f"{each:>12.0f}" for each in times[1:])


if __name__ == "__main__":
    main()
