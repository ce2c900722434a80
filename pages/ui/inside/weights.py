"""The first layer as pictures: what each unit looks for, the most important one first."""

from __future__ import annotations

import math

import streamlit as st

from core.charts.mosaics import tinted
from core.explain.first_layer import FirstLayer, study_first_layer
from pages.ui.inside.subject import Subject
from pages.ui.inside.unit import name_of, rise_of, show_added, show_digits, show_top, show_unit
from pages.ui.state.visit import visit
from pages.ui.widgets.digits.wall import wall
from pages.ui.widgets.task import wait_for
from pages.ui.words.parts import PLAIN

PER_PAGE = 100
FEW, WIDE, NARROW = 30, 84, 52  # so many pictures at most are shown large; pixels of both sizes
FIRST = PLAIN | {"filter": "pattern finder (*filter*)"}
WALL_HEIGHT = 420  # pixels; the wall scrolls, so that the unit beside or below it stays in sight


@st.fragment
def show_weights(subject: Subject) -> None:
    """All units as pictures, and one of them closely."""
    layer = measured(subject)
    if layer is None:
        return
    st.markdown(introduction(layer))
    unit = chosen_unit(subject, layer)
    with st.container(key="beside-units"):
        with st.container():
            show_units(subject, layer, unit)
        with st.container():
            show_unit(layer, unit)
            show_top(subject, layer, unit)
    left, right = st.columns(2, gap="medium")
    with left:
        show_digits(layer, unit)
    with right:
        show_added(layer, unit)


def measured(subject: Subject) -> FirstLayer | None:
    """Measured once for everybody; None, and why, where it was not."""
    return wait_for(
        ("inside-weights", subject.key),
        "Each unit is switched off in turn",
        lambda task: study_first_layer(subject.model, subject.digits.test, task.tell),
    )


def introduction(layer: FirstLayer) -> str:
    """What is shown and what to do."""
    what = (
        f"What each {FIRST[layer.noun]} of the first layer looks for: its *weights*."
        if layer.importance
        else "No *hidden layer*: these ten pictures of *weights* are all of it."
    )
    return f"{what} Ink on orange adds, on blue takes away. **Click one.**"


def chosen_unit(subject: Subject, layer: FirstLayer) -> int:
    """The unit that the visitor clicked in this network; at first the most important."""
    key, unit = visit().inside.unit
    return unit if key == subject.key else int(layer.order[0])


def choose_unit(subject: Subject, unit: int) -> None:
    """Look at this unit, from the next run on."""
    visit().inside.unit = (subject.key, unit)


def show_units(subject: Subject, layer: FirstLayer, unit: int) -> None:
    """The units as a wall, page by page."""
    order = layer.order.tolist()
    pages = math.ceil(len(order) / PER_PAGE)
    page = st.pagination(pages, key=f"inside-units-{subject.key}") if pages > 1 else 1
    shown = order[(page - 1) * PER_PAGE : page * PER_PAGE]
    rises = [rise_of(layer, each) for each in shown] if layer.importance else None
    names = [
        name_of(layer, each).capitalize() + (f": loss {rises[place]} without it" if rises else "")
        for place, each in enumerate(shown)
    ]
    many = len(shown) > FEW
    with st.container(height=WALL_HEIGHT if many else "content", border=many):
        wall(
            tinted(layer.weights[shown], layer.full_colour),
            names,
            "The weights of the first layer",
            "inside-weights-wall",
            tile=NARROW if many else WIDE,
            captions=rises or [f"{each}" for each in shown],
            chosen=shown.index(unit) if unit in shown else -1,
            on_choose=lambda place: choose_unit(subject, shown[place]),
        )
    st.caption(wall_words(subject, layer, len(shown)))


def wall_words(subject: Subject, layer: FirstLayer, shown: int) -> str:
    """What the numbers are, and what they were measured on."""
    few = f" {shown} of {len(layer.order):,} are shown." if shown < len(layer.order) else ""
    if layer.importance is None:
        return f"The number is the answer.{few}"
    return (
        "The most important first. Below each: how much the *loss* (how wrong it is) rises without "
        f"it (*ablation*), on {layer.importance.images:,} test images of {subject.digits_label}."
        f"{few}"
    )
