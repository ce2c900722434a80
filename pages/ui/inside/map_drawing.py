"""A map of digits as it is drawn: point at one, tap it or walk there with the arrow keys to see it.

The map is a chart as `live_plot` keeps it; `frontend/hover_map.js` adds the picture.
"""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.charts.embedding import SHEET_COLUMNS, map_chart, tile_sheet
from core.explain.embedding import DigitMap
from pages.ui.inside.subject import Subject
from pages.ui.state import server
from pages.ui.widgets.live_plot import FRONTEND, LOADER, PLOTLY, script_version, served
from pages.ui.widgets.pictures import picture
from pages.ui.words.numbers import percent

SCRIPT = FRONTEND / "hover_map.js"
MAP = "inside-map"  # the key of the map on the page
HEIGHT = 480  # pixels; it is as wide as there is room

_component = st.components.v2.component("digitlab_hover_map", js=LOADER, isolate_styles=False)


def draw(
    digit_map: DigitMap, places: np.ndarray, sample: np.ndarray | None, axes: tuple[str, str]
) -> None:
    """The test images at these places, float (M, 2), and the sample, (2,), if it has a place."""
    labels, answers = digit_map.labels, digit_map.answers
    words = (
        f"A map of {len(labels):,} test images, each shown as the digit that it is. Use the arrow "
        "keys to go from image to image."
    )
    data = {
        "script": f"{served(FRONTEND, 'frontend')}/{SCRIPT.name}?{SCRIPT.stat().st_mtime_ns}",
        "plotly": f"{served(PLOTLY, 'plotly')}/plotly.min.js",
        "version": script_version(),
        "key": MAP,
        "height": HEIGHT,
        "chart": map_chart(places, labels, answers, sample, axes, words),
        "labels": "".join(map(str, labels)),
        "answers": "".join(map(str, answers)),
    }
    _component(key=MAP, data=data)


def draw_sheet(subject: Subject) -> None:
    """The pictures that are shown at the pointer, as one: made once for everybody.

    Apart from the map, since Streamlit does not send again what has not changed.
    """
    key = ("inside-sheet", subject.digits_key)
    sheet = server.kept().get_or_make(
        key, lambda: picture(tile_sheet(subject.digits.test.images.numpy()))
    )
    st.html(f'<img id="{MAP}-sheet" src="{sheet}" alt="" width="{SHEET_COLUMNS}" hidden>')


def legend(digit_map: DigitMap) -> str:
    """What the signs mean, with the count of mistakes."""
    wrong, total = digit_map.mistakes, len(digit_map.answers)
    return (
        "Each image stands as the digit it is, in that digit's colour; a ring: read wrongly "
        f"({wrong:,} of {total:,}, {percent(wrong / total)}); the star: your digit."
    )
