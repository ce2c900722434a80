"""Lesson 8: the loop of our own trainer, line by line, and a button that runs it once."""

from __future__ import annotations

import inspect
import textwrap

import streamlit as st

from pages.ui import state
from pages.ui.learn.sources import source
from pages.ui.widgets.recorded_batch import line_of_trainer, show_batch

STEPS = (  # in words, and how the line of core.trainer.train begins that does it
    ("Take a batch", "for images, labels in"),
    ("Forward: let the network answer", "logits = model"),
    ("Set the gradients to zero", "optimizer.zero_grad"),
    ("Loss: how wrong is it?", "loss = loss_function"),
    ("Backward: find all slopes", "loss.backward"),
    ("Step: move every weight", "optimizer.step"),
    ("Keep the loss", "yield Progress"),
    ("Again, until all epochs are done", "for epoch in"),
)


def show() -> None:
    """The eight steps beside their lines, then the button."""
    for number, (words, code) in enumerate(STEPS, start=1):
        left, right = st.columns([2, 3], vertical_alignment="center", gap="small")
        left.markdown(f"**{number}** · {words}")
        right.code(line_of_trainer(code), language="python", wrap_lines=True)
    with st.expander("See the whole function", icon=":material/code:"):
        from core.trainer import train

        st.code(textwrap.dedent(inspect.getsource(train)), language="python", line_numbers=True)
    _one_step()


@st.fragment
def _one_step() -> None:
    from core.charts.lessons import noisy_curve
    from core.lessons.measures import Stepper

    stepper = state.recall("lesson-stepper")

    def take() -> None:
        here = stepper or Stepper(state.lesson_digits())
        state.keep("lesson-stepper", here)
        here.step()

    with st.container(horizontal=True, gap="small"):
        st.button(
            "Run exactly one step",
            icon=":material/skip_next:",
            on_click=take,
            disabled=bool(stepper and stepper.over),
        )
        if stepper:
            st.button("From the beginning", on_click=state.keep, args=("lesson-stepper", None))
    if not stepper:
        st.caption(f"A new tutorial network waits. It has not seen a single digit ({source()}).")
        return
    st.plotly_chart(
        noisy_curve(stepper.losses, 5, ("Step", "Loss")),
        key="stepper-losses",
        config={"displayModeBar": False},
        alt=f"The loss after {stepper.iteration} steps: {stepper.losses[-1]:.3f}",
    )
    show_batch(stepper.record, stepper)
