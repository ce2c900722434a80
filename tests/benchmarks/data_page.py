"""What a click on the Data page takes on the server, kind by kind.

    python -m tests.benchmarks.data_page

Clicks for real, in Streamlit's own harness: what the server computes, without the browser. "First"
is the first click of its kind since the server was started, "later" the median of those that
follow. The goal is 300 ms for any click. What takes longer than a click may is measured in the
background when the dataset is opened; the visitor of this benchmark looks at the wall meanwhile.

Uses MNIST where it is beside the project, the built-in handwriting elsewhere.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.benchmarks.started import milliseconds, page_alone
from tests.conftest import MNIST_FILES
from tests.pages.app import number as box

ROUNDS = 9

Click = Callable[[AppTest, int], object]  # does it; hears how often it was done before


def choose(label: str, *options: str | int) -> Click:
    """Press one of a row of buttons, another one each time."""

    def click(page: AppTest, number: int) -> None:
        (row,) = [each for each in page.get("button_group") if each.label == label]
        row.set_value(options[number % len(options)])

    return click


def go_to_image(page: AppTest, number: int) -> None:
    box(page, "Image number").set_value(1 + 997 * (number + 1))


def button(label: str) -> Click:
    """Press a button."""
    return lambda page, number: next(each for each in page.button if each.label == label).click()


SECTION = "What to look at"
SEED = "The number that decides the order (seed)"
DIGITS = (3, 1, 4, 5, 9, 2, 6)
CLICKS: dict[str, Click] = {  # each begins where the one before has ended
    "to unusual ones, and back": choose(SECTION, "unusual", "parts"),
    "to the averages, and back": choose(SECTION, "averages", "unusual"),
    "to unusual ones": choose(SECTION, "unusual"),
    "unusual ones of a digit": choose("Which digit", *DIGITS),
    "to the three parts, and back": choose(SECTION, "parts", "unusual"),
    "another wall": button("Show others"),
    "a wall of one digit": choose("Which digits", *DIGITS),
    "one image by its number": go_to_image,
    "to a batch": choose(SECTION, "batch"),
    "a batch of another seed": lambda page, number: box(page, SEED).set_value(number + 1),
    "a harder batch, another draw": button("Change them anew"),
    "to the styles, and back": choose(SECTION, "styles", "batch"),
    "to the styles": choose(SECTION, "styles"),
    "styles of a digit": choose("Styles of which digit", *DIGITS),
}


def time_of(page: AppTest, click: Click, number: int) -> float:
    """The milliseconds of the run of the page that the click brings about."""
    click(page, number)
    return milliseconds(page.run, page)


def main() -> None:
    with page_alone("data") as page:
        page.run()
        if not MNIST_FILES.is_dir():
            button("Look at the built-in handwriting")(page, 0)
            page.run()
        print(f"{'click':<32} {'first ms':>9} {'later ms':>9}")
        for name, click in CLICKS.items():
            first, *later = [time_of(page, click, number) for number in range(ROUNDS)]
            print(f"{name:<32} {first:>9.0f} {statistics.median(later):>9.0f}")


if __name__ == "__main__":
    main()
