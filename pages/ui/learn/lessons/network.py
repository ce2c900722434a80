"""Lesson 2: the tutorial network as dots; the one that is clicked shows its weights and its sum."""

from __future__ import annotations

import numpy as np
import streamlit as st
from torch import nn

from core.charts.lessons.network_map import network_map
from core.charts.mosaics import weights_mosaic
from core.lessons.units import Unit, passage, unit_at_work
from pages.ui.learn.lesson_parts import signed, worked_out
from pages.ui.learn.network_dots import network_dots
from pages.ui.state import server
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.digit_picker import pick_digit
from pages.ui.widgets.digits.pictures import framed

STAGES = ("pixels", "activation_1", "activation_2", "probabilities")
SHAPES = ((28, 28), (10, 10), (5, 10))  # how the weights of a unit are laid out as an image


def show() -> None:
    """The network, and the chosen unit at work on the chosen digit. Raises PretrainedError."""
    _at_work(server.shipped("tutorial").model)


@st.fragment
def _at_work(model: nn.Module) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        image, digit = pick_digit("network")
    layer, number = visit().learn.unit
    unit = unit_at_work(model, image, layer, number)
    with st.container(key="worked-out-sum"):
        _show_sum(unit, layer, number)
    drawing, tiles = st.columns([5, 1], gap="small")
    with drawing:
        _draw(passage(model, image), digit, unit, layer, number)
    with tiles:
        _show_tiles(unit, image.numpy(), layer)


def reveal() -> None:
    """Nothing more: the digits above answer the question."""


def name_of(layer: int, number: int) -> str:
    """What a unit is called, both from 0: people count from 1, but an answer is its digit."""
    return f"Answer {number}" if layer == 2 else f"Hidden layer {layer + 1}, unit {number + 1}"


def _draw(passed: dict[str, np.ndarray], digit: int, unit: Unit, layer: int, number: int) -> None:
    network_dots(
        network_map(
            [passed[name] for name in STAGES],
            [str(place) for place in range(10)],
            chosen=(layer + 1, number),
            links=unit.products,
        ),
        "network-map",
        f"The tutorial network as dots while it reads a {digit}. {name_of(layer, number)} is "
        "chosen; arrow keys choose another.",
        _choose,
    )


def _choose(block: int, unit: int) -> None:
    visit().learn.unit = (block - 1, unit)


def _show_tiles(unit: Unit, image: np.ndarray, layer: int) -> None:
    """What it is given, its weights, and what they make of it; orange is for, blue against."""
    shape = (1, *SHAPES[layer])
    given = image if layer == 0 else unit.inputs.reshape(SHAPES[layer]) / (unit.inputs.max() or 1)
    st.html(
        '<div style="display:grid;gap:.4rem;'
        'grid-template-columns:repeat(auto-fit,minmax(90px,1fr))">'
        + _figure(given, "it gets")
        + _figure(_tile(unit.weights, shape), f"× its {len(unit.weights)} weights")
        + _figure(_tile(unit.products, shape), "= result")
        + "</div>"
    )


def _show_sum(unit: Unit, layer: int, number: int) -> None:
    adds, takes, bias, total = unit.as_printed
    sign = "−" if bias < 0 else "+"
    follows = "largest wins" if layer == 2 else "handed on" if unit.output else "hands on 0"
    worked_out(
        (name_of(layer, number), "", ""),
        (f"{adds:.2f}", "orange adds", "for"),
        (f"− {takes:.2f}", "blue takes", "against"),
        (f"{sign} {abs(bias):.2f}", "own number", ""),
        (f"= {signed(total, 2)}", follows, ""),
    )


def _tile(values: np.ndarray, shape: tuple[int, int, int]) -> np.ndarray:
    """Values in two colours, without the frame that a sheet of several tiles has."""
    return weights_mosaic(values.reshape(shape), 1)[1:-1, 1:-1]


def _figure(image: np.ndarray, words: str) -> str:
    shown = framed(image, words, width=120)
    return f'<figure style="margin:0;font-size:.8rem">{shown}{words}</figure>'
