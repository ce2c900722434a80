"""A map of digits as it is drawn: numerals to point at, and what its signs mean."""

from __future__ import annotations

import numpy as np

from core.charts.embedding import SHEET_COLUMNS, map_chart, tile_sheet
from core.explain.embedding import DigitMap
from pages.ui.inside.hover_map import hover_map, hover_sheet
from pages.ui.inside.subject import Subject
from pages.ui.state import server
from pages.ui.widgets.pictures import picture
from pages.ui.words.numbers import percent

MAP = "inside-map"  # the key of the map on the page


def draw(
    digit_map: DigitMap, places: np.ndarray, sample: np.ndarray | None, axes: tuple[str, str]
) -> None:
    """The test images at these places, float (M, 2), and the sample, (2,), if it has a place."""
    labels, answers = digit_map.labels, digit_map.answers
    words = (
        f"A map of {len(labels):,} test images, each shown as the digit that it is. Use the arrow "
        "keys to go from image to image."
    )
    hover_map(map_chart(places, labels, answers, sample, axes, words), labels, answers, MAP)


def draw_sheet(subject: Subject) -> None:
    """The pictures that are shown at the pointer: made once for everybody."""
    key = ("inside-sheet", subject.digits_key)
    sheet = server.kept().get_or_make(
        key, lambda: picture(tile_sheet(subject.digits.test.images.numpy()))
    )
    hover_sheet(sheet, SHEET_COLUMNS, MAP)


def legend(digit_map: DigitMap) -> str:
    """What the signs mean, with the count of mistakes."""
    wrong, total = digit_map.mistakes, len(digit_map.answers)
    return (
        "Each image stands as the digit it is, in that digit's colour; a ring: read wrongly "
        f"({wrong:,} of {total:,}, {percent(wrong / total)}); the star: your digit."
    )
