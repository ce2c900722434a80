"""The first layer as pictures: what each unit looks for, the most important one first."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from pages.ui import state
from pages.ui.inside.subject import Subject
from pages.ui.inside.unit import Study, show_added, show_digits, show_top, show_unit
from pages.ui.widgets.progress_bar import ProgressBar
from pages.ui.widgets.wall import wall

PER_PAGE = 100
WALL_HEIGHT = 420  # pixels; the wall scrolls, so that the unit beside or below it stays in sight


@st.fragment
def show_weights(subject: Subject) -> None:
    """All units as pictures, and one of them closely."""
    study = studied(subject)
    st.markdown(introduction(study))
    order = study.order
    unit = chosen_unit(subject, order)
    left, right = st.columns([5, 4], gap="medium")
    with left:
        show_units(subject, study, unit)
    with right:
        show_unit(study, unit)
        show_top(subject, study, unit)
    left, right = st.columns(2, gap="medium")
    with left:
        show_digits(study, unit)
    with right:
        show_added(study, unit)


def studied(subject: Subject) -> Study:
    """Measured once for each network, with progress."""
    from core.explain import importance
    from core.layers import anatomy as explain

    test = subject.digits.test
    key = ("inside-weights", subject.key)
    if (study := state.results().get(key)) is None:
        place = st.empty()
        bar = ProgressBar(place, "Each unit is switched off in turn")
        layers = explain.layers(subject.model)
        try:
            matters = importance.importance(subject.model, test, bar.tell_share) if layers else None
            excitement = importance.excitement(subject.model, test)
        finally:
            place.empty()
        noun = layers[0].noun if layers else "answer"
        study = Study(explain.first_weights(subject.model), excitement, matters, noun)
        state.results().keep(key, study)
    return study


def introduction(study: Study) -> str:
    """What is shown and what to do."""
    look = "Orange: ink here excites it. Blue: ink here holds it back. White: it does not care."
    if study.importance is None:
        return (
            "This network has no *hidden layer*: each of the ten answers has its own *weights* for "
            f"the 784 squares of the picture, and these ten pictures are all of it. {look} **Click "
            "a picture** to see more."
        )
    if study.noun == "filter":
        return (
            "The first layer has small windows of 3 × 3 *weights* (*filters*) that slide over the "
            "picture. Ink under orange adds to what it finds, ink under blue takes away. The one "
            "that matters most comes first. **Click one** to see what it finds."
        )
    return (
        "Each picture shows what one *unit* of the first *hidden layer* looks for: its *weights* "
        f"for the 784 squares. {look} The one that matters most comes first. **Click one** to see "
        "what it does."
    )


def chosen_unit(subject: Subject, order: np.ndarray) -> int:
    """The unit that the visitor clicked in this network; at first the most important."""
    key, unit = state.recall("inside-unit", (None, 0))
    return unit if key == subject.key else int(order[0])


def show_units(subject: Subject, study: Study, unit: int) -> None:
    """The units as a wall, page by page."""
    from core.charts.units import coloured

    pages = math.ceil(len(study.order) / PER_PAGE)
    page = st.pagination(pages, key=f"inside-units-{subject.key}") if pages > 1 else 1
    shown = study.order[(page - 1) * PER_PAGE : page * PER_PAGE]
    matter = [study.matter(each) for each in shown] if study.importance else None
    names = [
        study.name(each).capitalize() + (f": loss {matter[place]} without it" if matter else "")
        for place, each in enumerate(shown)
    ]
    with st.container(height=WALL_HEIGHT if len(shown) > 30 else "content", border=len(shown) > 30):
        wall(
            coloured(study.weights[shown], study.scale),
            names,
            "The weights of the first layer",
            "inside-weights-wall",
            tile=52,
            captions=matter or [f"{each}" for each in shown],
            chosen=int(np.flatnonzero(shown == unit)[0]) if unit in shown else -1,
            on_choose=lambda place: state.keep("inside-unit", (subject.key, int(shown[place]))),
        )
    st.caption(wall_words(subject, study, len(shown)))


def wall_words(subject: Subject, study: Study, shown: int) -> str:
    """The one scale, what the numbers are, and what they were measured on."""
    largest = float(np.abs(study.weights).max())
    words = (
        f"One scale for all: full colour from {study.scale:.2g} on; the largest weight is "
        f"{largest:.2g}."
    )
    if shown < len(study.order):
        words += f" {shown} of {len(study.order):,} are shown."
    if study.importance is None:
        return f"{words} The number is the answer."
    return (
        f"{words} The number: by how much the *loss* rises when the {study.noun} is switched off, "
        f"that is, hands on zero (*ablation*). Measured on {study.importance.images:,} test images "
        f"of {subject.digits_label}; the network is not trained anew."
    )
