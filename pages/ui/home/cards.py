"""The way through the pages as cards: a small real picture of each page, and its name as a link.

The pictures show what was recorded (core/demonstration/recording.py); nothing is measured here.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import cache
from urllib.parse import quote

import numpy as np
import streamlit as st

from core.charts.cards import confusion_picture, curve_svg, scores_svg, strokes_svg
from core.charts.mosaics import digits_mosaic
from core.demonstration import recording
from core.networks.scores import accuracy
from pages.ui import shell
from pages.ui.state.networks import NAMES
from pages.ui.widgets.digits.pictures import picture
from pages.ui.words.numbers import percent

STYLE = """<style>
.st-key-cards { display: grid; gap: 0.75rem; grid-template-columns: repeat(7, minmax(0, 1fr)); }
@media (max-width: 900px) { .st-key-cards { grid-template-columns: repeat(4, minmax(0, 1fr)); } }
@media (max-width: 640px) { .st-key-cards { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
.st-key-cards .card { aspect-ratio: 4 / 3; border-radius: 8px; overflow: hidden;
  background: #161616; box-shadow: var(--tile-frame); }
.st-key-cards .card > * { width: 100%; height: 100%; display: block; object-fit: cover;
  image-rendering: pixelated; }
.st-key-cards .card > .whole { object-fit: contain; }
</style>"""


def show_cards() -> None:
    """A card for each page that has a picture, in the order of the way; all of it is the link."""
    st.html(STYLE)
    with st.container(key="cards"):
        for name, page in shell.PAGES.items():
            if name in PICTURES:
                with st.container(key=f"card-{name}", gap="xxsmall"):
                    st.html(card_html(name))
                    shell.link(page, f"**{page.label}**", page.icon)


@cache
def card_html(name: str) -> str:
    """The picture on the card of the page `name`; what it shows is said for screen readers."""
    draw, words = PICTURES[name]
    return f'<div class="card" role="img" aria-label="{html.escape(words)}">{draw()}</div>'


def _pixels() -> str:
    """One digit, so large that its squares can be seen."""
    return _image(recording.load().digits[0].reading.levels[0][0], whole=True)


def _samples() -> str:
    samples = recording.load().samples
    return _image(digits_mosaic(samples[:20] / 255, columns=5))


def _losses() -> str:
    return _drawing(curve_svg(recording.load().losses))


def _scores() -> str:
    shares = [(accuracy(name), whose) for name, whose in NAMES.items()]
    return _drawing(scores_svg([(share, percent(share), whose) for share, whose in shares]))


def _confusion() -> str:
    return _image(confusion_picture(recording.load().confusion), whole=True)


def _maps() -> str:
    """What the first filters made of a digit."""
    maps = recording.load().digits[4].reading.levels[1]
    return _image(digits_mosaic(maps[:12] / 255, columns=4))


def _strokes() -> str:
    return _drawing(strokes_svg(recording.load().digits[5].strokes))


def _drawing(svg: str) -> str:
    return f'<img alt="" class="whole" src="data:image/svg+xml,{quote(svg)}">'


def _image(pixels: np.ndarray, whole: bool = False) -> str:
    """whole: all of it is to be seen; else it fills the card and its edges may be cut off."""
    return f'<img alt="" class="{"whole" if whole else ""}" src="{picture(pixels)}">'


PICTURES: dict[str, tuple[Callable[[], str], str]] = {  # what draws it, what it shows
    "learn": (_pixels, "A handwritten digit as 28 by 28 squares"),
    "data": (_samples, "Twenty digits that people wrote with a pen"),
    "train": (_losses, "The loss of every batch of a short training on 8,000 pen digits"),
    "runs": (_scores, "How much of MNIST’s test set the two networks of the app read"),
    "exam": (_confusion, "How often the tutorial network took each pen digit for each other"),
    "inside": (_maps, "What twelve filters of the built-in network make of a digit"),
    "predict": (_strokes, "A digit drawn with a pen"),
}
