"""Choosing the digit that goes through the network: a test image or a drawing, and its answer."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.background import Refused
from core.explain.scores import answer_to
from pages.ui.inside.subject import Sample, Subject
from pages.ui.widgets.canvas import SIDE, drawing_box
from pages.ui.widgets.choosing.choice import choose_one
from pages.ui.widgets.choosing.digit_picker import pick_digit
from pages.ui.widgets.digits.pictures import framed
from pages.ui.widgets.digits.reading import drawn_digit
from pages.ui.words.numbers import sureness, unmarked

WAYS = {"test": "A test image", "draw": "Draw one"}


def sample_and_room(subject: Subject) -> tuple[Sample | None, DeltaGenerator]:
    """The digit to follow, None while nothing is drawn, and the room below it.

    What is drawn is drawn on the left of that room.
    """
    bar = st.container(horizontal=True, gap="small", vertical_alignment="bottom")
    with bar:
        way = choose_one("Which digit", WAYS, "inside-way", show_label=False)
        if way == "test":
            sample = picked_sample(subject)
        answer = st.container(width="content")
    if way == "test":
        room = st.container(key="beside")
    else:
        beside = st.container(horizontal=True, gap="medium")
        with beside.container(width=SIDE):
            sample = drawn_sample()
        room = beside.container(width="stretch", key="beside")
    if sample is None:
        room.info("Draw a digit in the box.", icon=":material/draw:")
    else:
        with answer:
            show_reading(subject, sample)
    return sample, room


def picked_sample(subject: Subject) -> Sample:
    """One of the test images, which no training uses."""
    image, digit = pick_digit("inside", subject.digits.test)
    return Sample(image.numpy(), digit)


def drawn_sample() -> Sample | None:
    """What the visitor draws, as a network sees it."""
    digit = drawn_digit(drawing_box("inside"))
    return digit and Sample(digit.image, None)


def show_reading(subject: Subject, sample: Sample) -> None:
    """The digit beside the network's answer to it."""
    try:
        answer, share = answer_to(subject.model, sample.image)
    except Refused as problem:  # its weights are no numbers
        st.warning(unmarked(str(problem)), icon=":material/warning:")
        return
    label = f"It is a {sample.digit}. " if sample.digit is not None else ""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", width="content"):
        st.html(framed(sample.image, "The digit", 40), width="content")
        st.markdown(
            f"{label}The network reads **{answer}**, {sureness(share)} sure.", width="content"
        )
