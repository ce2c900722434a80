"""How long a click on the Exam page takes on the server, section by section.

    python -m tests.benchmarks.exam

Runs the page in Streamlit's own harness: what the server computes, without the browser. The first
line of each network includes its exam; the others are the median of reruns of the whole page.
"""

from __future__ import annotations

import statistics

from streamlit.testing.v1 import AppTest

from pages.ui.exam import sections
from tests.benchmarks.started import demand_mnist, milliseconds, page_alone
from tests.pages.app import choose, take

ROUNDS = 9
SECTIONS = list(sections.SECTIONS)


def main() -> None:
    demand_mnist()
    with page_alone("exam") as page:
        cold = milliseconds(page.run, page) / 1000
        print(f"cold page, with torch, MNIST and the first exam: {cold:.1f} s")
        print(f"{'network':<10}{'first ms':>10}" + "".join(f"{name:>12}" for name in SECTIONS))
        for network in ("tutorial", "default"):
            print(row(page, network))


def row(page: AppTest, network: str) -> str:
    """The median milliseconds of each section."""
    choose(page, "Look at", SECTIONS[0])
    times = [milliseconds(lambda: take(page, "Network", network), page)]
    for section in SECTIONS:
        choose(page, "Look at", section)
        times.append(statistics.median(milliseconds(page.run, page) for _ in range(ROUNDS)))
    return f"{network:<10}{times[0]:>10.0f}" + "".join(f"{each:>12.0f}" for each in times[1:])


if __name__ == "__main__":
    main()
