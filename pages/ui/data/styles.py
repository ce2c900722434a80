"""The contact sheet of the built-in handwriting: every style, with its name and examples."""

from __future__ import annotations

import html

import numpy as np
import streamlit as st

from core.charts.mosaics import digits_mosaic
from core.datasets.styles import RARE, Style, style_shares, styles_of
from core.datasets.synthetic import contact_sheet
from pages.ui.state import server
from pages.ui.widgets.choosing.dataset_picker import ALL, DIGITS, choose_digits
from pages.ui.widgets.digits.pictures import picture
from pages.ui.words.numbers import counted, percent

EXAMPLES = 8  # of each style
FIRST = 7  # the digit whose styles are shown at first

STYLE = """<style>
.styles { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1rem; }
.styles figure { margin: 0; }
.styles img { image-rendering: pixelated; width: 100%; display: block;
  border-radius: var(--tile-radius); }
.styles figcaption { line-height: 1.35; margin-top: 0.25rem; font-size: 0.9rem; }
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
        f"The built-in handwriting has {len(shares)} ways to write a digit (*styles*). **Rare**: "
        f"fewer than {100 * RARE:.0f} of 100."
    )
    wanted = choose_digits("styles-of", "Styles of which digit", FIRST)
    for digit in DIGITS if wanted == ALL else [wanted]:
        styles = styles_of(digit)
        st.markdown(f"## {digit}: {counted(len(styles), 'style')}")
        cards = (style_html(each, shares[each.name], examples[each.name]) for each in styles)
        st.html(f'{STYLE}<div class="styles">{"".join(cards)}</div>')


def style_html(style: Style, share: float, examples: np.ndarray) -> str:
    """Examples of one style, its description, and how common it is; its name for the pointer."""
    sheet = digits_mosaic(examples / 255, EXAMPLES)
    rare = ", <b>rare</b>" if share < RARE else ""
    words = html.escape(style.description)
    return (
        f'<figure title="{html.escape(style.name)}"><img src="{picture(sheet)}" alt="{EXAMPLES} '
        f'examples of {words}"><figcaption>{words}: {percent(share, 0)}{rare}</figcaption></figure>'
    )
