"""A bar says how far it is, and how long it will take as soon as that can be told."""

from __future__ import annotations

import pytest

from core.background import time_left
from pages.ui.widgets.progress_bar import ProgressBar, show_progress


class Place:
    """Keeps what a bar showed last."""

    def progress(self, share: float, text: str) -> None:
        self.share, self.text = share, text.replace("\u202f", " ")


def test_what_goes_on_is_said_from_the_beginning():
    place = Place()
    bar = ProgressBar(place, "Opening MNIST")
    assert (place.share, place.text) == (0.0, "Opening MNIST …")
    bar.tell("Downloading MNIST", 0.02)
    assert (place.share, place.text) == (0.02, "Downloading MNIST … 2 %")
    bar.tell_share(1.0)
    assert (place.share, place.text) == (1.0, "Opening MNIST … 100 %")


@pytest.mark.parametrize(
    ("left", "said"),
    [(None, "Measuring … 50 %"), (40.0, "Measuring … 50 %, about 40 seconds to go")],
)
def test_the_rest_is_told_where_it_is_known(left, said):
    show_progress(place := Place(), "Measuring", 0.5, left)
    assert place.text == said


def test_a_share_is_never_more_than_all():
    show_progress(place := Place(), "Measuring", 1.01, None)
    assert place.share == 1.0


def test_the_rest_is_judged_by_what_was_done():
    assert time_left(10.0, 0.25) == 30.0
    assert time_left(10.0, 1.0) == 0.0
    assert time_left(10.0, 0.01) is None
