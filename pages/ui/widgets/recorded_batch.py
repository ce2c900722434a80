"""One recorded batch in eight steps: what happened, in words, with its real images and numbers.

Folded below them stand the lines of our own trainer that did it, taken from its source.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.ui.widgets.digits.pictures import mosaic_html, picture
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from core.runs.microscope.recording import BatchRecord
    from core.runs.snapshot import JobSnapshot

# By the names of STEPS in core/runs/microscope/loop_lines.py: in a few words, and as it was with
# one batch.
STEPS = {
    "batch": ("Take a batch", "Take a batch: images, labels"),
    "forward": ("Forward: it answers", "Forward: ten scores for each (*logits*)"),
    "zero_grad": ("Forget the old slopes", "Forget the slopes of the batch before"),
    "loss": ("Loss: how wrong?", "Loss: how wrong? (*cross-entropy*)"),
    "backward": (
        "Backward: new slopes",
        "Backward: which way would each weight make it worse? (*gradient*)",
    ),
    "step": ("Step: move weights", "Step: move every weight a little the other way"),
    "yield": ("Keep the loss", "Keep the loss"),
    "epochs": ("Again, each epoch", "Again, with the next batch"),
}
SHOWN = 24  # images of the batch
FILTERS, ACROSS = 12, 4  # first-layer weights, as on the picture of a run's end
STYLE = """<style>
.tiles-said { display: grid; grid-template-columns: repeat(12, minmax(0, 2.5rem)); gap: 0.25rem;
  font-size: 0.85rem; text-align: center; font-variant-numeric: tabular-nums; }
.tiles-said figure { margin: 0; }
.tiles-said img { width: 100%; display: block; image-rendering: pixelated;
  border-radius: var(--tile-radius); box-shadow: var(--tile-frame); }
@media (max-width: 640px) {
  .tiles-said { grid-template-columns: repeat(6, minmax(0, 2.5rem)); }
}
</style>"""
ABOUT_WEIGHTS = "First layer, unit by unit: orange adds, blue takes away."


def show_batch(record: BatchRecord, seen: JobSnapshot) -> None:
    """The eight steps of the newest iteration."""
    from core.runs.microscope.loop_lines import loop_lines

    st.html(STYLE)
    st.markdown(f"## Batch {seen.iteration:,}, step by step")
    halves = st.columns(2, gap="medium")
    for number, (name, (_, title)) in enumerate(STEPS.items(), start=1):
        with halves[number > len(STEPS) / 2]:
            st.markdown(f"**{number} · {title}**")
            if name in WHAT_HAPPENED:
                WHAT_HAPPENED[name](record, seen)
    with st.expander("See the code"):
        head, *body, _ = loop_lines().values()  # the loop over epochs is no part of one batch
        st.code("\n".join([head, indent("\n".join(body), " " * 4)]), language="python")


def take_a_batch(record: BatchRecord, seen: JobSnapshot) -> None:
    shown = min(SHOWN, len(record.images))
    st.html(tiles_html(record.images[:shown].numpy(), record.labels[:shown].tolist()))
    st.caption(f"{shown} of {len(record.images)}, with their labels.")


def tiles_html(images: np.ndarray, captions: Sequence[object]) -> str:
    """Digits, uint8 (N, 28, 28), in rows, with a caption under each."""
    tiles = "".join(
        f'<figure><img src="{picture(image)}" alt="">{caption}</figure>'
        for image, caption in zip(images, captions, strict=True)
    )
    return f'<div class="tiles-said">{tiles}</div>'


def forward(record: BatchRecord, seen: JobSnapshot) -> None:
    """The scores of three images. A row for each digit: ten columns are too wide for a phone."""
    shown = min(3, len(record.images))
    labels = " | ".join(f"a {label}" for label in record.labels[:shown].tolist())
    marked = [mark_best(scores) for scores in record.logits[:shown].tolist()]
    rows = "".join(
        f"| {digit} | " + " | ".join(scores) + " |\n"
        for digit, scores in enumerate(zip(*marked, strict=True))
    )
    st.markdown(f"| score for | {labels} |\n" + "|" + "--:|" * (1 + shown) + "\n" + rows)
    st.caption("Bold: the answer.")


def mark_best(scores: list[float]) -> list[str]:
    best = max(scores)
    return [f"**{score:.2f}**" if score == best else f"{score:.2f}" for score in scores]


def loss(record: BatchRecord, seen: JobSnapshot) -> None:
    order = record.costliest(12)
    costs = [f"{cost:.2f}" for cost in record.losses[order]]
    st.html(tiles_html(record.images[order].numpy(), costs))
    st.caption(
        f"The costliest. Mean of all {len(record.losses)}, the *loss*: "
        f"**{record.loss:.4f}**. Right: {percent(record.accuracy)}."
    )


def backward(record: BatchRecord, seen: JobSnapshot) -> None:
    st.markdown(
        "| layer | all slopes together (length of the *gradient*) |\n|---|--:|\n"
        + "".join(f"| {words(each.name)} | {each.gradient:.4g} |\n" for each in record.layers)
    )


def optimizer_step(record: BatchRecord, seen: JobSnapshot) -> None:
    rows = ""
    for each in record.layers:
        share = "–" if each.share_moved is None else f"{100 * each.share_moved:.3g} %"
        rows += f"| {words(each.name)} | {each.moved:.4g} | {share} |\n"
    st.markdown(f"| layer | moved by | that is, of its weights |\n|---|--:|--:|\n{rows}")
    show_first_layer(record)


def show_first_layer(record: BatchRecord) -> None:
    """The first layer's weights as images: before, after, and what the step changed."""
    from core.charts.mosaics import change_mosaics
    from core.model import weight_tiles

    before, after = (weight_tiles(each[:FILTERS].numpy()) for each in (record.before, record.after))
    sheets, stronger = change_mosaics(before, after, ACROSS)
    times = "many" if stronger is None else f"{stronger:,.0f}"
    titles = ("before", "after", f"the change, {times} times stronger")
    for column, sheet, title in zip(st.columns(3), sheets, titles, strict=True):
        with column:
            alt = f"Weights of the first {len(before)} units, {title}"
            st.html(mosaic_html(sheet, alt, tile=50))
            st.caption(title)
    st.caption(ABOUT_WEIGHTS)


def keep_the_loss(record: BatchRecord, seen: JobSnapshot) -> None:
    st.caption(f"Number {seen.iteration:,} in the list: {seen.losses[-1]:.4f}")


def draw_the_point(record: BatchRecord, seen: JobSnapshot) -> None:
    left = seen.total_iterations - seen.iteration
    st.caption(f"{left:,} batches to go.")


WHAT_HAPPENED = {
    "batch": take_a_batch,
    "forward": forward,
    "loss": loss,
    "backward": backward,
    "step": optimizer_step,
    "yield": keep_the_loss,
    "epochs": draw_the_point,
}


def words(layer: str) -> str:
    return layer.replace("_", " ")
