"""Your own exam: draw each digit as asked; it is graded at once and kept, here and on Predict."""

from __future__ import annotations

import streamlit as st

from core import drawing as drawings
from core.charts.mosaics import digits_mosaic
from core.data import scaled
from core.exam.own_digits import as_digits
from core.exam.packing import MOST
from core.exam.sitting import sit_exam
from pages.ui.exam.digit_choice import OWN, use_digits
from pages.ui.exam.score_card import Sitting
from pages.ui.state.networks import Network
from pages.ui.state.own_digits import add, forget, own_digits
from pages.ui.state.visit import visit
from pages.ui.widgets.canvas import drawing_box, drawn_in
from pages.ui.widgets.network_picker import model_of
from pages.ui.widgets.pictures import mosaic_html
from pages.ui.words.numbers import percent


@st.fragment
def show_own_exam(network: Network, sitting: Sitting | None) -> None:
    """The box with what to draw, and how the network has done so far.

    sitting: its exam on a test set, to compare with; None where there is none.
    """
    if visit().exam.own_is_new:  # the whole page changes: it says above how many there are
        visit().exam.own_is_new = False
        st.rerun()
    left, right = st.columns([5, 6], gap="medium")
    with left:
        ask_for_a_digit()
    with right:
        if own_digits():
            show_grades(network, sitting)
        else:
            st.info(
                "Draw each digit from 0 to 9 as you usually write it. The network reads each one "
                "when you press the button, and you see whether it was right.",
                icon=":material/draw:",
            )


def ask_for_a_digit() -> None:
    """The next digit to draw: 0 to 9, then from the beginning."""
    drawn = len(own_digits())
    asked = drawn % 10
    if drawn >= MOST:
        st.markdown(f"You have {MOST} digits, and no more are kept. Forget them to begin anew.")
        return
    st.markdown(f"### Draw a {asked}")
    if problem := visit().exam.own_problem:
        st.warning(problem, icon=":material/warning:")
    drawing = drawing_box(box_key())
    st.button(
        f"That is my {asked}",
        icon=":material/check:",
        key="own-done",
        disabled=not drawing.get("objects"),
        on_click=hand_in,
        args=(asked,),
    )


def box_key() -> str:
    """A box of its own for every digit: a canvas in another's place now and then stays blank."""
    return f"own-box-{visit().exam.own_number}"


def hand_in(asked: int) -> None:
    """Keep what is in the box as this digit, and take another box."""
    here = visit().exam
    try:
        prepared = drawings.prepare_one(drawn_in(box_key()))
    except drawings.DrawingError as problem:
        here.own_problem = str(problem)
        return
    add(asked, prepared.image)
    here.own_problem = ""
    here.own_number += 1
    here.own_is_new = True


def show_grades(network: Network, sitting: Sitting | None) -> None:
    """The newest answer, the score so far, and every digit with its answer."""
    digits = as_digits(own_digits())
    model = model_of(network)
    if model is None:
        return
    exam = sit_exam(model, digits)
    label, answer = int(exam.labels[-1]), int(exam.answers[-1])
    sure = percent(float(exam.confidences[-1]))
    if exam.right[-1]:
        st.success(f"It read your {label} as {answer}, {sure} sure.", icon=":material/check:")
    else:
        st.error(f"It read your {label} as {answer}, {sure} sure.", icon=":material/close:")
    low, high = exam.total.interval
    words = (
        f"It read **{exam.total.correct} of your {exam.total.images}** "
        f"(95 % interval {percent(low, 0)} to {percent(high, 0)})"
    )
    if sitting is not None and sitting.key[1] in ("mnist", "generated"):
        words += f"; of {sitting.dataset} {percent(sitting.exam.total.accuracy)}"
    st.markdown(words + ".")
    images = scaled(digits.images).numpy()
    pairs = zip(exam.labels.tolist(), exam.answers.tolist(), strict=True)
    missed = [f"a {label} read as {answer}" for label, answer in pairs if label != answer]
    alt = f"Your {len(images)} digits in the order in which they were kept"
    st.html(mosaic_html(digits_mosaic(images, 10), alt, tile=34))
    st.caption(
        f"Read by {network.name}. Misread: {', '.join(missed) or 'none'}. Your browser keeps your "
        "digits until you forget them here."
    )
    with st.container(horizontal=True):
        if st.button("Examine on them above"):
            use_digits(OWN)
            st.rerun()
        if st.button("Forget my digits", icon=":material/delete:"):
            forget()
            st.rerun()
