"""One unit of the first layer closely: what excites it, what it adds, how much it matters."""

from __future__ import annotations

import math

import streamlit as st

from core.charts.mosaics import tinted
from core.charts.units import beside_maps
from core.data import scaled
from core.explain.first_layer import FirstLayer
from core.explain.passage import first_maps
from pages.ui.inside.bars import number, signed_bars
from pages.ui.inside.subject import Subject
from pages.ui.widgets.digits.pictures import framed
from pages.ui.widgets.digits.wall import wall
from pages.ui.words.numbers import article, percent
from pages.ui.words.parts import PLAIN


def name_of(layer: FirstLayer, unit: int) -> str:
    """What a unit is called; outputs are called as their digits."""
    return f"{PLAIN[layer.noun]} {unit if layer.importance is None else unit + 1}"


def rise_of(layer: FirstLayer, unit: int) -> str:
    """By how much the loss rises without the unit: two digits, or as many as the largest needs."""
    rise = layer.importance.rises[unit]
    is_large = math.isfinite(rise) and abs(rise) >= 1
    return number(rise, f"+z.{1 if is_large else layer.decimals}f")


def show_unit(layer: FirstLayer, unit: int) -> None:
    """One unit: its weights, and how much it matters."""
    left, right = st.columns([1, 2], vertical_alignment="center", gap="small", wrap=False)
    left.html(weights_html(layer, unit))
    right.markdown(f"**{name_of(layer, unit).capitalize()}**  \n{matter_words(layer, unit)}")


def weights_html(layer: FirstLayer, unit: int) -> str:
    """Its weights, large."""
    image = tinted(layer.weights[[unit]], layer.full_colour)[0]
    return framed(image, f"The weights of {name_of(layer, unit)}, large", 168)


def matter_words(layer: FirstLayer, unit: int) -> str:
    """What becomes of the network's score without the unit."""
    found = layer.importance
    if found is None:
        return f"Ink on orange squares speaks for a {unit}, ink on blue ones against it."
    rises = "rises" if found.losses[unit] >= found.loss else "falls"
    return (
        f"{importance_words(layer.rank(unit), len(layer.order))} Without it "
        f"{percent(found.rights[unit] / found.images)} of {found.images:,} images are read rightly "
        f"(with it {percent(found.correct / found.images)}); the loss {rises} by "
        f"{rise_of(layer, unit).lstrip('+−')}, from {number(found.loss)}."
    )


def importance_words(rank: int, units: int) -> str:
    """Its place among all units; 1 is the first."""
    place = "The most important" if rank == 1 else f"Number {rank:,} in importance"
    return f"{place}, of {units:,}."


def show_top(subject: Subject, layer: FirstLayer, unit: int) -> None:
    """The most exciting images; for a filter each beside what it finds there."""
    found = layer.excitement
    if len(found.top[unit]) == 0:
        st.info(f"None of {found.images:,} images excites it more than the others do.")
        return
    st.markdown(f"**What excites it most**, of {found.images:,} test images:")
    digits, top = subject.digits.test, layer.excitement.top[unit]
    tiles, width = digits.images[top].numpy(), 68
    if layer.noun == "filter":
        maps = first_maps(subject.model, scaled(digits.images[top]))[:, unit]
        tiles, width = beside_maps(tiles, maps), 84
    labels = digits.labels[top].tolist()
    names = [
        f"{article(label)} {label}, image {place + 1:,}"
        for label, place in zip(labels, top, strict=True)
    ]
    wall(tiles, names, "The most exciting images", "inside-top", tile=width)
    if layer.noun == "filter":
        st.caption("Beside each: what it finds at each place (*feature map*).")


def show_digits(layer: FirstLayer, unit: int) -> None:
    """How much each digit excites it."""
    st.markdown("**How much each digit excites it**")
    if extremes := layer.excitement.extremes(unit):
        most, least = extremes
        st.markdown(f"Most a **{most}**, least a **{least}**.")
    st.html(signed_bars(layer.excitement.by_digit[unit]))
    what = "Its score (*logits*)" if layer.importance is None else "What it hands on (*activation*)"
    st.caption(f"{what}, on average over {layer.excitement.images:,} test images.")


def show_added(layer: FirstLayer, unit: int) -> None:
    """What it adds to each of the ten answers, where that can be measured."""
    if layer.importance is None:
        return
    st.markdown("**What it adds to each answer**")
    st.markdown(added_words(layer, unit))
    st.html(signed_bars(layer.importance.added[unit], for_and_against=True))
    st.caption(
        f"How far the scores (*logits*) fall without it, on average over "
        f"{layer.importance.images:,} test images."
    )


def added_words(layer: FirstLayer, unit: int) -> str:
    """Which answers it speaks for and against most."""
    found = layer.importance.for_and_against(unit)
    if found is None:
        return "Nothing that can be measured."
    high, low = found
    return f"Most for **{high}**, most against **{low}**."
