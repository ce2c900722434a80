"""Lesson 8: the loop of our own trainer, line by line, and a button that runs it once."""

from __future__ import annotations

import inspect

import streamlit as st

from core.charts.lessons.lines import noisy_curve
from core.runs.loop_lines import loop_lines
from core.runs.stepper import Stepper
from core.trainer import train
from pages.ui.learn.lesson_parts import show_chart, source
from pages.ui.state import server
from pages.ui.state.visit import visit
from pages.ui.widgets.recorded_batch import STEPS, show_batch


def show() -> None:
    """The eight steps beside their lines, then the button."""
    lines = loop_lines()
    for number, (name, (words, _)) in enumerate(STEPS.items(), start=1):
        left, right = st.columns([2, 3], vertical_alignment="center", gap="small")
        left.markdown(f"**{number}** · {words}")
        right.code(lines[name], language="python", wrap_lines=True)
    with st.expander("See the whole function", icon=":material/code:"):
        st.code(inspect.getsource(train), language="python", line_numbers=True)
    _one_step()


@st.fragment
def _one_step() -> None:
    """The button and what it did; a run that the server has forgotten is begun anew."""
    stepper: Stepper | None = server.kept().get(("stepper", visit().learn.stepper))

    def take() -> None:
        here = stepper
        if here is None:
            here = Stepper(server.lesson_digits())
            visit().learn.stepper = here.id
            server.kept().keep(("stepper", here.id), here)
        here.step()

    def begin_anew() -> None:
        visit().learn.stepper = None

    with st.container(horizontal=True, gap="small"):
        st.button(
            "Run exactly one step",
            icon=":material/skip_next:",
            on_click=take,
            disabled=bool(stepper and stepper.over),
        )
        if stepper:
            st.button("From the beginning", on_click=begin_anew)
    if not stepper:
        st.caption(f"A new tutorial network waits. It has not seen a single digit ({source()}).")
        return
    show_chart(
        noisy_curve(stepper.losses, 5, ("Step", "Loss")),
        key="stepper-losses",
        alt=f"The loss after {stepper.iteration} steps: {stepper.losses[-1]:.3f}",
    )
    show_batch(stepper.record, stepper)
