"""The three parts of a dataset: what each is for, and how many images of each digit."""

from __future__ import annotations

import streamlit as st

from core.charts.counts import counts_chart, counts_words
from core.data import DigitDataset
from core.gallery.samples import counts
from pages.ui.widgets.dataset_picker import DIGITS
from pages.ui.words.numbers import counted


def show_parts(dataset: DigitDataset) -> None:
    """Training, validation and test images, as bars and as a table."""
    parts = {"training": dataset.train, "validation": dataset.validation, "test": dataset.test}
    sizes = {name: counted(len(part), "image") for name, part in parts.items()}
    st.markdown(
        f"**Training: {sizes['training']}.** It learns from these. "
        f"**Validation: {sizes['validation']}.** To compare settings. "
        f"**Test: {sizes['test']}.** The exam, at the very end. No image is in two parts."
    )
    table = {name: counts(part.labels).tolist() for name, part in parts.items()}
    st.plotly_chart(counts_chart(table), alt=counts_words(table), key="counts", height=320)
    header = "| digit | " + " | ".join(table) + " |\n|--:|--:|--:|--:|\n"
    rows = (
        f"| {digit} | " + " | ".join(f"{table[name][digit]:,}" for name in table) + " |\n"
        for digit in DIGITS
    )
    st.markdown(header + "".join(rows))
