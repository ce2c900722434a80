"""The contact sheet of the built-in handwriting: every style, with its name and examples."""

from __future__ import annotations

import html

import numpy as np
import streamlit as st

from core.charts.mosaics import digits_mosaic
from core.datasets.glyphs import Style
from core.datasets.styles import RARE, style_shares, styles_of
from core.datasets.synthetic import contact_sheet
from pages.ui.state import server
from pages.ui.widgets.dataset_picker import ALL, DIGITS, choose_digits
from pages.ui.widgets.pictures import picture
from pages.ui.words.numbers import counted, percent

EXAMPLES = 8  # of each style

STYLE = """<style>
.style { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: center;
  margin-bottom: 0.9rem; }
.style img { image-rendering: pixelated; width: 350px; max-width: 100%; border-radius: 4px; }
.style div { flex: 1 1 14rem; line-height: 1.35; }
</style>"""


def examples_of_styles() -> dict[str, np.ndarray]:
    """Of each style by its name: uint8 (EXAMPLES, 28, 28)."""
    names, images = contact_sheet(EXAMPLES)
    return dict(zip(names, images.numpy(), strict=True))


@st.fragment
def show_styles() -> None:
    """Every way in which the built-in handwriting writes the digits."""
    shares = style_shares()
    examples = server.kept().get_or_make("examples of styles", examples_of_styles)
    st.markdown(
        f"People write digits in many ways. This program knows {len(shares)} of them, called "
        "*styles*, and drew all the examples below. One image in five of the **built-in "
        "handwriting** is drawn so. A style is **rare** here when the program gives it to fewer "
        f"than {100 * RARE:.0f} of 100 digits."
    )
    wanted = choose_digits("styles-of")
    for digit in DIGITS if wanted == ALL else [wanted]:
        styles = styles_of(digit)
        st.markdown(f"#### {digit}: {counted(len(styles), 'style')}")
        st.html(
            STYLE
            + "".join(
                style_html(style, shares[style.name], examples[style.name]) for style in styles
            )
        )


def style_html(style: Style, share: float, examples: np.ndarray) -> str:
    """Examples of one style, its name, its description, and how common it is."""
    sheet = digits_mosaic(examples / 255, EXAMPLES)
    rare = " · <b>rare</b>" if share < RARE else ""
    return (
        f'<div class="style"><img src="{picture(sheet)}" alt="{EXAMPLES} examples of '
        f'{html.escape(style.description)}"><div><b>{html.escape(style.name)}</b><br>'
        f"{html.escape(style.description)}<br><small>{percent(share, 0)} of the {style.digit}s"
        f"{rare}</small></div></div>"
    )
