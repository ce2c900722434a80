"""Lesson 2: the tutorial network as dots; a click on one shows its weights and what it computes."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.charts.lessons.network_map import network_map
from core.charts.mosaics import weights_mosaic
from core.config import CLASSES, TrainingConfig
from core.lessons.units import Unit, passage, unit_at_work
from pages.ui.learn.lesson_parts import show_chart
from pages.ui.state import server
from pages.ui.state.visit import visit, widget_value
from pages.ui.widgets.digit_picker import pick_digit
from pages.ui.widgets.dropdown import dropdown
from pages.ui.widgets.pictures import picture

LAYERS = ("Hidden layer 1", "Hidden layer 2", "Answers")
NAMES = ("Pixel", *LAYERS)
SHAPES = ((28, 28), (10, 10), (5, 10))  # how the weights of a unit are laid out as an image
SIZES = (*TrainingConfig().hidden_sizes, CLASSES)


@st.fragment
def show() -> None:
    """The drawn network, and the chosen unit at work on the chosen digit."""
    image, _ = pick_digit("network")
    model = server.shipped("tutorial").model
    layer, number = visit().learn.unit
    passed = passage(model, image)
    unit = unit_at_work(model, image, layer, number)
    stages = ("pixels", "activation_1", "activation_2", "probabilities")
    figure = network_map(
        [passed[name] for name in stages], NAMES, (layer + 1, number), unit.products
    )
    show_chart(
        figure,
        key="network-map",
        on_select=_choose_clicked,
        selection_mode="points",
        alt=f"The tutorial network as dots: 784 pixels, 100 and 50 hidden units, 10 answers. "
        f"{LAYERS[layer]}, unit {number} is chosen.",
    )
    st.caption(
        "The stronger its colour, the more a dot hands on. Lines show the largest parts of the "
        "sum: orange ones add, dotted blue ones take away."
    )
    _choose_by_number(layer, number)
    _show_unit(unit, image.numpy(), layer, number)


def _choose_clicked() -> None:
    points = widget_value("network-map").selection.points
    if points and "customdata" in points[0]:
        block, unit = points[0]["customdata"][:2]
        if block:  # a pixel has no weights
            visit().learn.unit = (int(block) - 1, int(unit))


def _choose_by_number(layer: int, number: int) -> None:
    """The same choice by keyboard."""
    left, right = st.columns(2, vertical_alignment="bottom")
    key = f"unit-number-{layer}-{number}"  # a new field for every unit, so that it shows its number

    def choose_layer(chosen: int) -> None:
        visit().learn.unit = (chosen, min(number, SIZES[chosen] - 1))

    def choose_unit() -> None:
        visit().learn.unit = (layer, widget_value(key))

    with left:
        dropdown(
            "Layer",
            range(len(LAYERS)),
            layer,
            choose_layer,
            "unit-layer",
            format_func=LAYERS.__getitem__,
        )
    right.number_input(
        "Unit, counted from 0", 0, SIZES[layer] - 1, number, key=key, on_change=choose_unit
    )


def _show_unit(unit: Unit, image: np.ndarray, layer: int, number: int) -> None:
    """Its weights as an image, what they make of the digit, and the sum in words."""
    count = len(unit.weights)
    shape = (1, *SHAPES[layer])
    given = image if layer == 0 else _tile(unit.inputs, shape)
    what = "what it is given" if layer == 0 else f"what the {count} units before hand on"
    st.html(
        '<div style="display:grid;grid-template-columns:repeat(3,minmax(0,150px));gap:1rem">'
        + _figure(given, what)
        + _figure(_tile(unit.weights, shape), f"its {count} weights")
        + _figure(_tile(unit.products, shape), "the two multiplied")
        + "</div>"
    )
    st.markdown(
        f"The {count} products add up to **{unit.sum_of_products:.2f}**. Its own constant "
        f"(*bias*) is **{unit.bias:.2f}**. Together, not yet rounded: **{unit.total:.2f}**. "
        + _what_follows(unit, layer, number)
    )


def _what_follows(unit: Unit, layer: int, number: int) -> str:
    if layer == 2:
        return f"That is the score for the answer {number}. The largest of the ten scores wins."
    if unit.output == 0:
        return "That is not above zero, so the unit stays silent: it hands on **0**."
    return f"That is above zero, so the unit hands on **{unit.output:.2f}**."


def _tile(values: np.ndarray, shape: tuple[int, int, int]) -> np.ndarray:
    """Values in two colours, without the frame that a sheet of several tiles has."""
    return weights_mosaic(values.reshape(shape), 1)[1:-1, 1:-1]


def _figure(image: np.ndarray, words: str) -> str:
    return (
        f'<figure style="margin:0"><img src="{picture(image)}" alt="{words.capitalize()}" '
        'style="image-rendering:pixelated;width:100%;border:1px solid rgba(128,128,128,.5);'
        f'border-radius:4px"><figcaption style="font-size:.85rem">{words}</figcaption></figure>'
    )
