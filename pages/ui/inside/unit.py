"""One unit of the first layer closely: what excites it, what it adds, how much it matters."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.ui.inside.signed_bars import number, signed_bars
from pages.ui.inside.subject import Subject
from pages.ui.widgets.reading import picture
from pages.ui.widgets.wall import wall
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from core.explain.importance import Excitement, Importance

FULL = 99.5  # per cent of all weights are below the one that has the full colour


@dataclass(frozen=True, eq=False)
class Study:
    """All that is known of the first layer; importance is None where nothing can be switched off.

    weights: float32 (units, H, W); order: the units, int64, the most important first.
    """

    weights: np.ndarray
    excitement: Excitement
    importance: Importance | None
    noun: str

    @property
    def order(self) -> np.ndarray:
        if self.importance is None:
            return np.arange(len(self.weights))
        return self.importance.order

    @property
    def scale(self) -> float:
        """From this size on a weight has the full colour; by the few largest, all would be pale."""
        return float(np.percentile(np.abs(self.weights), FULL)) or 1.0

    def name(self, unit: int) -> str:
        """What a unit is called."""
        return f"{self.noun} {unit if self.importance is None else unit + 1}"

    def matter(self, unit: int) -> str:
        """By how much the loss rises without the unit, in as many digits as the largest needs."""
        changes = self.importance.losses - self.importance.loss
        largest = np.abs(changes[np.isfinite(changes)]).max(initial=0)
        decimals = min(6, max(3, 1 - math.floor(math.log10(largest)))) if largest else 3
        return number(changes[unit], f"+z.{decimals}f")


def show_unit(study: Study, unit: int) -> None:
    """One unit: its weights, and how much it matters."""
    left, right = st.columns([1, 2], vertical_alignment="center", gap="small", wrap=False)
    left.html(weights_html(study, unit))
    right.markdown(f"**{study.name(unit).capitalize()}**  \n{matter_words(study, unit)}")


def weights_html(study: Study, unit: int) -> str:
    """Its weights, large."""
    from core.charts.units import coloured

    image = coloured(study.weights[[unit]], study.scale)[0]
    return (
        f'<img src="{picture(image)}" alt="The weights of {study.name(unit)}, large" style="'
        "image-rendering:pixelated;width:100%;max-width:168px;border-radius:6px;"
        'border:1px solid rgba(128,128,128,.5)">'
    )


def matter_words(study: Study, unit: int) -> str:
    """What becomes of the network's score without the unit."""
    found = study.importance
    if found is None:
        return f"Ink on orange squares speaks for a {unit}, ink on blue ones against it."
    rank = int(np.flatnonzero(study.order == unit)[0]) + 1
    rises = "rises" if found.losses[unit] >= found.loss else "falls"
    return (
        f"{importance_words(rank, len(study.order))} Without it the network reads "
        f"{percent(found.rights[unit] / found.images)} of {found.images:,} images correctly (with "
        f"it: {percent(found.correct / found.images)}), and its loss {rises} by "
        f"{study.matter(unit).lstrip('+-')} (from {number(found.loss)})."
    )


def importance_words(rank: int, units: int) -> str:
    """Its place among all units; 1 is the first."""
    place = "The most important" if rank == 1 else f"Number {rank:,} in importance"
    return f"{place}, of {units:,}."


def show_top(subject: Subject, study: Study, unit: int) -> None:
    """The most exciting images; for a filter each beside what it finds there."""
    from core.charts.units import beside_maps
    from core.data import scaled
    from core.layers.anatomy import first_maps

    found = study.excitement
    if len(found.top[unit]) == 0:
        st.info(f"None of {found.images:,} images excites it more than the others do.")
        return
    st.markdown(f"**What excites it most**, of {found.images:,} test images:")
    digits, top = subject.digits.test, study.excitement.top[unit]
    tiles, width = digits.images[top].numpy(), 48
    if study.noun == "filter":
        maps = first_maps(subject.model, scaled(digits.images[top]))[:, unit]
        tiles, width = beside_maps(tiles, maps), 84
    labels = digits.labels[top].tolist()
    names = [f"a {label}, image {place + 1:,}" for label, place in zip(labels, top, strict=True)]
    wall(tiles, names, "The most exciting images", "inside-top", tile=width)
    if study.noun == "filter":
        st.caption(
            "Right of each digit: what the filter hands on at each place (*feature map*), orange "
            "above zero, blue below. How excited it is: the average over the map."
        )


def show_digits(study: Study, unit: int) -> None:
    """How much each digit excites it."""
    means = study.excitement.by_digit[unit]
    st.markdown("**How much each digit excites it**")
    if np.isfinite(means).any() and np.nanmax(means) > np.nanmin(means):
        st.markdown(
            f"Most of all a **{np.nanargmax(means)}**, least of all a **{np.nanargmin(means)}**."
        )
    st.html(signed_bars(means))
    what = "Its score (*logits*)" if study.importance is None else "What it hands on"
    st.caption(f"{what}, on average over those of {study.excitement.images:,} test images.")


def show_added(study: Study, unit: int) -> None:
    """What it adds to each of the ten answers, where that can be measured."""
    if study.importance is None:
        return
    st.markdown("**What it adds to each answer**")
    st.markdown(added_words(study, unit))
    st.html(signed_bars(study.importance.added[unit]))
    st.caption(
        "How far the ten scores (*logits*) fall without it, on average over "
        f"{study.importance.images:,} test images. Only differences between the bars change an "
        "answer."
    )


def added_words(study: Study, unit: int) -> str:
    """Which answers it speaks for and against most."""
    added = study.importance.added[unit]
    if not np.isfinite(added).all() or not added.any():
        return "Nothing that can be measured."
    low, high = int(added.argmin()), int(added.argmax())
    return f"Compared with the others, it speaks most for **{high}** and most against **{low}**."
