"""What a click on Data, Exam or Inside takes on the server, kind by kind.

    python -m tests.benchmarks.clicks [data exam inside]

Clicks for real, in Streamlit's own harness: what the server computes, without the browser. "First"
is the first click of its kind since the server was started, "later" the median of those that
follow; a section or a network that is shown already is built again. The goal is 300 ms for any
click on Data, 500 ms with the tutorial network, 1 s with the convolutional. What takes longer than
that may is measured in the background when the dataset is opened.

Data uses MNIST where it is beside the project, the built-in handwriting elsewhere.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator
from functools import partial

from streamlit.testing.v1 import AppTest

from pages.ui.exam.sections import SECTIONS as EXAM
from pages.ui.inside.sections import SECTIONS as INSIDE
from tests.benchmarks.started import demand_mnist, milliseconds, page_alone
from tests.conftest import MNIST_FILES
from tests.pages.app import choose, number, press, take

ROUNDS = 9

Click = Callable[[AppTest, int], object]  # does it; hears how often it was done before


def one_of(label: str, *options: str | int) -> Click:
    """Press one of a row of buttons, another one each time."""
    return lambda page, done: choose(page, label, options[done % len(options)])


def fill_in(label: str, step: int) -> Click:
    """Type a number into a box, another one each time."""
    return lambda page, done: number(page, label).set_value(1 + step * (1 + done)).run()


def button(label: str) -> Click:
    """Press a button."""
    return lambda page, done: press(page, label)


SECTION = "What to look at"
DIGITS = (3, 1, 4, 5, 9, 2, 6)
DATA: dict[str, Click] = {  # each begins where the one before has ended
    "to unusual ones, and back": one_of(SECTION, "unusual", "parts"),
    "to the averages, and back": one_of(SECTION, "averages", "unusual"),
    "to unusual ones": one_of(SECTION, "unusual"),
    "unusual ones of a digit": one_of("Which digit", *DIGITS),
    "to the three parts, and back": one_of(SECTION, "parts", "unusual"),
    "another wall": button("Show others"),
    "a wall of one digit": one_of("Which digits", *DIGITS),
    "one image by its number": fill_in("Image number", 997),
    "to a batch": one_of(SECTION, "batch"),
    "a batch of another seed": fill_in("The number that decides the order (seed)", 1),
    "a harder batch, another draw": button("Change them anew"),
    "to the styles, and back": one_of(SECTION, "styles", "batch"),
    "to the styles": one_of(SECTION, "styles"),
    "styles of a digit": one_of("Styles of which digit", *DIGITS),
}


def data(page: AppTest) -> Iterator[tuple[str, Click]]:
    """The clicks on Data; the visitor looks at the wall first."""
    if not MNIST_FILES.is_dir():
        press(page, "Look at the built-in handwriting")
    yield from DATA.items()


def networks(sections: tuple[str, ...], page: AppTest) -> Iterator[tuple[str, Click]]:
    """The clicks on Exam or Inside: each section with two networks, and other digits in it."""
    demand_mnist()
    for network in ("tutorial", "default"):
        choose(page, "Look at", sections[0])
        yield f"the {network} network", lambda page, done, to=network: take(page, "Network", to)
        for section in sections:
            yield f"{network}: {section}", one_of("Look at", section)
            others = [each.label for each in page.button if each.label.startswith("Another")]
            if others:
                yield f"{network}: {section}, another digit", button(others[0])


CLICKS = {
    "data": data,
    "exam": partial(networks, tuple(EXAM)),
    "inside": partial(networks, tuple(INSIDE)),
}


def main() -> None:
    for name in sys.argv[1:] or CLICKS:
        with page_alone(name) as page:
            first = milliseconds(page.run, page)
            print(f"{name}: the first visit, with torch and data, {first:.0f} ms")
            print(f"{'click':<40} {'first ms':>9} {'later ms':>9}")
            for words, click in CLICKS[name](page):
                first, *later = [
                    milliseconds(partial(click, page, done), page) for done in range(ROUNDS)
                ]
                print(f"{words:<40} {first:>9.0f} {statistics.median(later):>9.0f}", flush=True)


if __name__ == "__main__":
    main()
