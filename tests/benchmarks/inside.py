"""How long a click on the Inside page takes on the server, section by section.

    python -m tests.benchmarks.inside

Runs the page in Streamlit's own harness: what the server computes, without the browser. "First" is
the first look at a network, "new digit" the median of looking at other digits, "again" the median
of reruns with nothing new. The goal is 500 ms for the tutorial network, 1 s for the convolutional.
"""

from __future__ import annotations

import statistics

from streamlit.testing.v1 import AppTest

from pages.ui.inside.sections import SECTIONS
from tests.benchmarks.started import demand_mnist, milliseconds, page_alone
from tests.pages.app import choose, take

ROUNDS = 7


def main() -> None:
    demand_mnist()
    with page_alone("inside") as page:
        print(f"cold page, with torch and the digits: {milliseconds(page.run, page) / 1000:.1f} s")
        print(f"{'network':<10}{'section':<10}{'first ms':>10}{'new digit ms':>14}{'again ms':>10}")
        for network in ("tutorial", "default"):
            for section in SECTIONS:
                print(row(page, network, section))


def row(page: AppTest, network: str, section: str) -> str:
    """The times of one section with one network."""
    if section == next(iter(SECTIONS)):  # seen as soon as the network is chosen
        choose(page, "Look at", section)
        first = milliseconds(lambda: take(page, "Network", network), page)
    else:
        first = milliseconds(lambda: choose(page, "Look at", section), page)
    new = [milliseconds(page.run, page) for _ in range(ROUNDS) if press_another(page)]
    again = [milliseconds(page.run, page) for _ in range(ROUNDS)]
    middle = f"{statistics.median(new):.0f}" if new else "-"
    return f"{network:<10}{section:<10}{first:>10.0f}{middle:>14}{statistics.median(again):>10.0f}"


def press_another(page: AppTest) -> bool:
    """Ask for the next image of the same digit; whether there is a button for it."""
    button = next((each for each in page.button if each.label.startswith("Another")), None)
    return button is not None and bool(button.click())


if __name__ == "__main__":
    main()
