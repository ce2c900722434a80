"""The three parts of a dataset: why there are three, and how many images of each digit."""

from __future__ import annotations

import streamlit as st

from core.charts.counts import counts_chart, counts_words
from core.data import DigitDataset
from core.gallery.samples import counts
from pages.ui.widgets.dataset_picker import DIGITS
from pages.ui.words.numbers import counted


def show_parts(dataset: DigitDataset) -> None:
    """Training, validation and test images, in words, as bars and as a table."""
    parts = {"training": dataset.train, "validation": dataset.validation, "test": dataset.test}
    sizes = {name: counted(len(part), "image") for name, part in parts.items()}
    st.markdown(
        f"A network that has seen the questions of an exam can learn the answers by heart. So the "
        f"images are kept in three parts that share none.\n\n"
        f"- **Training: {sizes['training']}.** The network learns from these.\n"
        f"- **Validation: {sizes['validation']}.** It never learns from them. You "
        "look at them while you choose settings, to see whether it still gets better.\n"
        f"- **Test: {sizes['test']}.** The exam at the very end. Whoever chooses "
        "settings by the test has given the exam away."
    )
    table = {name: counts(part.labels).tolist() for name, part in parts.items()}
    st.plotly_chart(counts_chart(table), alt=counts_words(table), key="counts", height=320)
    header = "| digit | " + " | ".join(table) + " |\n|--:|--:|--:|--:|\n"
    rows = (
        f"| {digit} | " + " | ".join(f"{table[name][digit]:,}" for name in table) + " |\n"
        for digit in DIGITS
    )
    st.markdown(header + "".join(rows))
