"""All 784 numbers of an image in a table, each on a square of its own brightness."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.gallery.ink import ink_box

STYLE = """<style>
.numbers { overflow-x: auto; }
.numbers table { border-collapse: collapse; margin: 0 auto; }
.numbers td { padding: 0; border: 1px solid #333; min-width: 23px; height: 23px; font-size: 11px;
  text-align: center; background: #000; color: #999; font-variant-numeric: tabular-nums; }
@media (max-width: 640px) { .numbers .edge { display: none; }
  .numbers td { min-width: 19px; font-size: 10px; } }
</style>"""


def show_numbers(image: np.ndarray) -> None:
    """All numbers of an image, uint8 (28, 28), and what they are."""
    st.html(STYLE + numbers_html(image))
    st.caption(
        "28 rows of 28 numbers (*pixels*): 0 is black, 255 is white. A network divides them by "
        "255 and sees nothing else. A narrow screen leaves out the empty edge."
    )


def numbers_html(image: np.ndarray) -> str:
    """The numbers of an image, uint8 (28, 28).

    Rows and columns outside the ink are marked as edge: a phone leaves them out.
    """
    rows, columns = ink_box(image)

    def cell(value: int, column: int) -> str:
        edge = "" if column in columns else ' class="edge"'
        ink = "#000" if value > 127 else "#fff"
        shade = f' style="background:rgb({value},{value},{value});color:{ink}"' if value else ""
        return f"<td{edge}{shade}>{value}</td>"

    lines = "".join(
        ("<tr>" if row in rows else '<tr class="edge">')
        + "".join(cell(value, column) for column, value in enumerate(values))
        + "</tr>"
        for row, values in enumerate(image.tolist())
    )
    alt = "The image as 28 rows of 28 numbers"
    return f'<div class="numbers" role="img" aria-label="{alt}"><table>{lines}</table></div>'
