"""What a network is given at a time: a batch of images, as they are and made harder."""

from __future__ import annotations

import streamlit as st

from core.charts.mosaics import above_each_other
from core.config import LIMITS, TrainingConfig
from core.data import DigitDataset
from core.datasets.augment import USUAL
from core.gallery.samples import first_batch
from pages.ui.state.visit import visit
from pages.ui.widgets.digits.wall import wall
from pages.ui.words.numbers import article, percent


@st.fragment
def show_batch(dataset: DigitDataset) -> None:
    """What a network gets at a time, as it is and made harder."""
    usual, limit = TrainingConfig(), LIMITS["seed"]
    st.markdown(f"A network gets {usual.batch_size} images at a time, in random order (*a batch*).")
    seed = st.number_input(
        "The number that decides the order (seed)",
        int(limit.low),
        int(limit.high),
        usual.seed,
        key="batch-seed",
        width=320,
    )
    draw = visit().data.harder_draw
    batch = first_batch(dataset.train, usual.batch_size, seed, draw)
    names = [f"{article(label)} {label}" for label in batch.labels.tolist()]
    before, after = batch.images.numpy(), batch.harder.numpy()
    wall(before, names, f"The first batch of seed {seed}", f"batch-{seed}", tile=40)
    st.markdown("## The same batch, made harder (*augmentation*)")
    st.caption(
        f"Shifted (up to {USUAL.shift:g} squares), turned ({USUAL.rotate:g}°), stretched "
        f"({percent(USUAL.stretch, 0)}), slanted, bent, thicker or thinner."
    )
    st.button("Change them anew", icon=":material/casino:", on_click=draw_again, key="draw-again")
    pairs = above_each_other(before, after)
    wall(pairs, names, "Each image above, its harder version below", "pairs", tile=40)
    if draw == 1:
        st.caption(f"A run with seed {seed} would learn from just these.")


def draw_again() -> None:
    """Change the batch by other chances, from the next run on."""
    visit().data.harder_draw += 1
