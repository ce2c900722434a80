"""The three parts of a dataset: what each is for, and how many images of each digit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from core.data import DigitDataset
from core.gallery.samples import counts
from pages.ui.widgets.choosing.dataset_picker import DIGITS

STYLE = """<style>
.counts { width: 100%; max-width: 60rem; border-collapse: separate; border-spacing: 0.4rem 2px; }
.counts th { text-align: right; vertical-align: bottom; font-weight: 600; padding: 0 0.5rem; }
.counts i { font-weight: 400; }
.counts td { width: 30%; text-align: right; padding: 0 0.5rem; border-radius: 3px;
  font-variant-numeric: tabular-nums; background: linear-gradient(90deg,
  rgba(128, 128, 128, 0.4) calc(100% * var(--share)), rgba(128, 128, 128, 0.1) 0); }
</style>"""


def show_parts(dataset: DigitDataset) -> None:
    """Training, validation and test images, as bars and as a table."""
    parts = {
        "to learn from<br><i>training set</i>": dataset.train,
        "practice exam<br><i>validation set</i>": dataset.validation,
        "exam<br><i>test set</i>": dataset.test,
    }
    st.markdown("No image is in two of the parts: an exam asks for digits that are new.")
    st.html(counts_html({name: counts(part.labels).tolist() for name, part in parts.items()}))


def counts_html(table: Mapping[str, Sequence[int]]) -> str:
    """How many images of each digit each part has: numbers, with a bar behind each."""
    most = max(max(column) for column in table.values())
    head = "".join(
        f'<th scope="col">{name}<br>{sum(column):,}</th>' for name, column in table.items()
    )
    rows = ""
    for digit in DIGITS:
        cells = (
            f'<td style="--share: {column[digit] / most:.3f}">{column[digit]:,}</td>'
            for column in table.values()
        )
        rows += f'<tr><th scope="row">{digit}</th>{"".join(cells)}</tr>'
    return f'{STYLE}<table class="counts"><tr><th scope="col">digit</th>{head}</tr>{rows}</table>'
