"""The average image of each digit, and where its images differ."""

from __future__ import annotations

import streamlit as st

from core.data import DigitDataset
from core.gallery.averages import Averages, averages
from pages.ui.data.studies import studied
from pages.ui.widgets.choosing.dataset_picker import DIGITS
from pages.ui.widgets.digits.wall import wall

CAPTIONS = [str(digit) for digit in DIGITS]


def show_averages(dataset: DigitDataset) -> None:
    """The mean of each digit, and where its images differ."""
    found = studied(dataset, averages)
    if found is not None:
        show_means(found, len(dataset.train))
        show_spreads(found)


def show_means(found: Averages, images: int) -> None:
    """The mean of each digit."""
    st.markdown("## The average digit (*mean*)")
    names = [f"the average {digit}" for digit in DIGITS]
    means = found.mean.numpy()
    wall(means, names, "The average of each digit", "means", tile=86, captions=CAPTIONS)
    st.caption(f"{images:,} images laid on one another.")


def show_spreads(found: Averages) -> None:
    """Where the images of each digit differ, and which digits vary most and least."""
    st.markdown("## Where they differ (*standard deviation*)")
    names = [f"where images of {digit} differ" for digit in DIGITS]
    spread = found.spread_pictures().numpy()
    wall(spread, names, "How much each digit varies", "spreads", tile=86, captions=CAPTIONS)
    variation = found.variation()
    most, least = found.most_and_least_varied()
    st.caption(
        f"White: they differ much. The {most} varies most, by {255 * variation[most]:.0f} of 255 "
        f"(*root mean square*), the {least} least, by {255 * variation[least]:.0f}."
    )
