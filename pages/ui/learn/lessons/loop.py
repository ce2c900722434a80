"""Lesson 8: the eight lines of our own trainer in a ring; a button runs them once around.

Before the first step each shows what it is about; then what it did.
"""

from __future__ import annotations

from textwrap import indent

import streamlit as st

from core.charts.lessons.lines import noisy_curve
from core.charts.parts import LOSS
from core.lessons.experiments import TUTORIAL
from core.lessons.loop_step import MANY, first_batch, rises, step_numbers
from core.runs.microscope.loop_lines import loop_lines
from core.runs.microscope.stepper import Stepper
from pages.ui.learn import loop_ring
from pages.ui.learn.lesson_parts import source
from pages.ui.state import server
from pages.ui.state.visit import visit
from pages.ui.widgets.live_plot import show_chart
from pages.ui.words.numbers import percent


@st.fragment
def show() -> None:
    """The button, and the ring of eight lines with what they did in the newest step."""
    stepper = _stepper()
    with st.container(horizontal=True, gap="small"):
        pressed = st.button(
            "Run exactly one step",
            icon=":material/skip_next:",
            type="primary" if visit().learn.stepper is None else "secondary",
            on_click=_take,
            key="one-step",
            disabled=bool(stepper and stepper.over),
        )
        st.button("From the beginning", on_click=_begin_anew, disabled=stepper is None)
    if pressed and stepper and stepper.iteration == 1:
        st.rerun()  # the way on becomes the blue button
    if stepper:
        st.html(loop_ring.ring_html(_pictures(stepper), _what_happened(stepper), stepper.iteration))
    else:
        st.html(loop_ring.ring_html(_pictures_before(), {}, 0))


def reveal() -> None:
    """The curve of many steps, and the lines as they stand in the trainer."""
    stepper = _stepper() or _begin()
    while stepper.iteration < MANY:
        stepper.step()
    losses = stepper.losses
    show_chart(
        noisy_curve(losses, 5, ("Step", LOSS)),
        key="stepper-losses",
        alt=f"The loss of {len(losses)} steps, from {losses[0]:.2f} to {losses[-1]:.2f}",
    )
    st.markdown(
        f"{len(losses)} steps on {source()}: **{rises(losses)}** times the loss went up. Still, it "
        f"fell from {losses[0]:.2f} to {losses[-1]:.2f}."
    )
    with st.expander("See the code"):
        batch, *body, epochs = loop_lines().values()
        within = "\n".join((batch, indent("\n".join(body), " " * 4)))
        st.code("\n".join((epochs, indent(within, " " * 4))), language="python")


def _stepper() -> Stepper | None:
    """The run that goes step by step; None before it has begun, and where it is forgotten."""
    return server.kept().get(("stepper", visit().learn.stepper))


def _begin() -> Stepper:
    stepper = Stepper(server.lesson_digits())
    visit().learn.stepper = stepper.id
    server.kept().keep(("stepper", stepper.id), stepper)
    return stepper


def _take() -> None:
    (_stepper() or _begin()).step()


def _begin_anew() -> None:
    visit().learn.stepper = ""  # and not None: the button was pressed once


def _pictures_before() -> dict[str, str]:
    """What the lines are about, as far as it is known before the first step."""
    return {
        "batch": loop_ring.batch_picture(
            first_batch(server.lesson_digits()).numpy(), TUTORIAL.batch_size
        ),
        "forward": loop_ring.answers_picture((), ()),
        "loss": loop_ring.loss_picture(None),
        "yield": loop_ring.kept_picture(()),
        "epochs": loop_ring.progress_picture(0),
    }


def _pictures(stepper: Stepper) -> dict[str, str]:
    """The same, with what the newest step measured."""
    record, numbers = stepper.record, step_numbers(stepper.record)
    return {
        "batch": loop_ring.batch_picture(record.images.numpy(), numbers.images),
        "forward": loop_ring.answers_picture(numbers.answers, record.labels.tolist()),
        "loss": loop_ring.loss_picture(numbers.loss),
        "yield": loop_ring.kept_picture(stepper.losses),
        "epochs": loop_ring.progress_picture(stepper.iteration / stepper.total_iterations),
    }


def _what_happened(stepper: Stepper) -> dict[str, str]:
    """What each line did in the newest step, in words, by its name in STEPS."""
    numbers = step_numbers(stepper.record)
    return {
        "batch": f"{numbers.images} digits",
        "forward": f"{numbers.right} of {numbers.images} right",
        "zero_grad": "all slopes 0",
        "loss": f"loss {numbers.loss:.3f}",
        "backward": f"slope {numbers.gradient:.2f}",
        "step": f"moved by {percent(numbers.moved, 2)}",
        "yield": f"loss {stepper.iteration:,}: {stepper.losses[-1]:.3f}",
        "epochs": f"{stepper.total_iterations - stepper.iteration:,} batches to go",
    }
