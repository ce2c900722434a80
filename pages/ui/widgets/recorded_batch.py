"""One recorded batch in eight steps: what happened, in words, with its real images and numbers.

Beside each step stands the line of our own trainer that does it, taken from its source.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.ui.widgets.reading import picture
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from core.runs.job import JobSnapshot
    from core.runs.recording import BatchRecord

SHOWN = 24  # images of the batch
FILTERS = 20  # first-layer weights


def show_batch(record: BatchRecord, seen: JobSnapshot) -> None:
    """The eight steps of the newest iteration."""
    st.markdown(f"#### Batch {seen.iteration:,}, step by step")
    take_a_batch(record)
    forward(record)
    zero_the_gradients()
    loss(record)
    backward(record)
    optimizer_step(record)
    keep_the_loss(seen)
    draw_the_point(seen)


def step(number: int, title: str, code: str | None = None) -> None:
    """The heading of a step, and the line of the trainer that does it."""
    st.markdown(f"**{number} · {title}**")
    if code:
        st.code(line_of_trainer(code), language="python")


def line_of_trainer(beginning: str) -> str:
    """The line of core.trainer.train that begins like this. Raises LookupError if there is none."""
    from core.trainer import train

    for line in inspect.getsource(train).splitlines():
        if line.strip().startswith(beginning):
            return line.strip()
    raise LookupError(f"core.trainer.train has no line that begins with {beginning!r}")


def take_a_batch(record: BatchRecord) -> None:
    from core.charts.mosaics import digits_mosaic

    step(1, "Take a batch of images and their labels", "for images, labels in")
    shown = min(SHOWN, len(record.images))
    sheet = digits_mosaic(record.images[:shown].numpy(), 12)
    labels = " ".join(str(label) for label in record.labels[:shown].tolist())
    st.html(mosaic_html(sheet, f"The first {shown} images of the batch, their labels are {labels}"))
    st.caption(f"{shown} of the {len(record.images)} images. Their labels: {labels}")


def forward(record: BatchRecord) -> None:
    step(2, "Forward: the network gives every image ten scores (*logits*)", "logits = model")
    shown = min(3, len(record.images))
    rows = "".join(
        f"| {label} | " + " | ".join(mark_best(row)) + " |\n"
        for label, row in zip(
            record.labels[:shown].tolist(), record.logits[:shown].tolist(), strict=True
        )
    )
    header = "| label | " + " | ".join(f"score for {digit}" for digit in range(10)) + " |\n"
    st.markdown(header + "|" + "--:|" * 11 + "\n" + rows)
    st.caption("The scores for the first three images. The largest, in bold, is the answer.")


def mark_best(scores: list[float]) -> list[str]:
    best = max(scores)
    return [f"**{score:.2f}**" if score == best else f"{score:.2f}" for score in scores]


def zero_the_gradients() -> None:
    step(3, "Set the gradients to zero: forget the batch before", "optimizer.zero_grad")


def loss(record: BatchRecord) -> None:
    from core.charts.mosaics import digits_mosaic

    step(4, "Loss: how wrong is it? (*cross-entropy*)", "loss = loss_function")
    order = record.losses.argsort(descending=True)[:8]
    sheet = digits_mosaic(record.images[order].numpy(), 8)
    st.html(mosaic_html(sheet, "The eight images that cost most", tile=44))
    costs = ", ".join(
        f"{label} costs {cost:.2f}"
        for label, cost in zip(record.labels[order].tolist(), record.losses[order], strict=True)
    )
    right = (record.logits.argmax(1) == record.labels).float().mean().item()
    st.caption(
        f"The images that cost most: {costs}. The mean over all {len(record.losses)} images is the "
        f"loss of the batch: **{record.losses.mean():.4f}**. It read {percent(right)} correctly."
    )


def backward(record: BatchRecord) -> None:
    step(5, "Backward: which way would each weight make it worse? (*gradient*)", "loss.backward")
    st.markdown(
        "| layer | length of the gradient |\n|---|--:|\n"
        + "".join(f"| {words(each.name)} | {each.gradient:.4g} |\n" for each in record.layers)
    )


def optimizer_step(record: BatchRecord) -> None:
    step(6, "Step: move every weight a little the other way", "optimizer.step")
    st.markdown(
        "| layer | moved by | that is, of its weights |\n|---|--:|--:|\n"
        + "".join(
            f"| {words(each.name)} | {each.moved:.4g} | {share(each.moved, each.weights)} |\n"
            for each in record.layers
        )
    )
    show_first_layer(record)


def share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.3g} %" if whole else "–"


def show_first_layer(record: BatchRecord) -> None:
    """The first layer's weights as images: before, after, and what the step changed."""
    from core.charts.mosaics import first_layer_tiles, weights_mosaic

    before, after = (
        first_layer_tiles(each[:FILTERS].numpy()) for each in (record.before, record.after)
    )
    change = after - before
    largest = float(np.abs(np.concatenate([before, after])).max())
    moved = float(np.abs(change).max())
    times = f"{largest / moved:,.0f}" if moved else "many"
    columns = st.columns(3)
    for column, tiles, scale, words_below in (
        (columns[0], before, largest, "before"),
        (columns[1], after, largest, "after"),
        (columns[2], change, moved, f"the change, {times} times stronger"),
    ):
        with column:
            sheet = weights_mosaic(tiles, 5, scale)
            alt = f"Weights of the first {len(tiles)} units, {words_below}"
            st.html(mosaic_html(sheet, alt, tile=40))
            st.caption(words_below)
    st.caption(
        "First layer. Each small picture is one unit: orange weights add, blue ones take away."
    )


def keep_the_loss(seen: JobSnapshot) -> None:
    step(7, "Keep the loss", "yield Progress")
    st.caption(f"Number {seen.iteration:,} in the list: {seen.losses[-1]:.4f}")


def draw_the_point(seen: JobSnapshot) -> None:
    step(8, "The chart above gets its point, and it begins again with the next batch")
    left = seen.total_iterations - seen.iteration
    st.caption(f"{left:,} batches to go.")


def words(layer: str) -> str:
    return layer.replace("_", " ")


def mosaic_html(sheet: np.ndarray, alt: str, tile: int = 34) -> str:
    """A sheet of tiles as an image that keeps its sharp edges and fits the screen."""
    scale = tile / 28 if sheet.shape[0] >= 28 else 8
    return (
        f'<img src="{picture(sheet)}" alt="{alt}" style="image-rendering:pixelated;'
        f'width:{sheet.shape[1] * scale:.0f}px;max-width:100%;border-radius:4px">'
    )
