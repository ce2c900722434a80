"""Lesson 8: the eight lines of our own trainer; a button runs them, and each says what it did.

Before the first step they are named in words; then each stands there as it was run.
"""

from __future__ import annotations

import html

import streamlit as st

from core.charts.lessons.lines import noisy_curve
from core.charts.mosaics import digits_mosaic
from core.lessons.loop_step import MANY, rises, step_numbers
from core.runs.microscope.loop_lines import loop_lines
from core.runs.microscope.stepper import Stepper
from pages.ui.learn.lesson_parts import source
from pages.ui.state import server
from pages.ui.state.visit import visit
from pages.ui.widgets.digits.pictures import picture
from pages.ui.widgets.live_plot import show_chart
from pages.ui.widgets.recorded_batch import STEPS
from pages.ui.words.numbers import percent

SHOWN = 8  # images of a batch

STYLE = """<style>
.loop { border-collapse: collapse; width: 100%; }
.loop td { padding: .15rem .4rem; border-bottom: 1px solid rgba(128,128,128,.3); height: 2.6rem; }
.loop td { vertical-align: top; }
.loop td:last-child { text-align: right; font-weight: 600; min-width: 8.5rem;
  font-variant-numeric: tabular-nums; }
.loop code { display: block; min-height: 1.2em; font-size: .75rem; opacity: .8; }
@media (max-width: 640px) {
  .loop td:last-child { min-width: 6rem; }
  .loop code { display: none; }
}
.loop img { height: 26px; image-rendering: pixelated; vertical-align: middle; border-radius: 3px; }
</style>"""


@st.fragment
def show() -> None:
    """The button, and the eight lines with what they did in the newest step."""
    stepper = _stepper()
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Run exactly one step",
            icon=":material/skip_next:",
            on_click=_take,
            disabled=bool(stepper and stepper.over),
        )
        st.button("From the beginning", on_click=_begin_anew, disabled=stepper is None)
    did = _what_happened(stepper) if stepper else {}
    lines = loop_lines() if stepper else {}
    rows = "".join(
        f"<tr><td>{number}</td><td>{words}<code>{html.escape(lines.get(name, ''))}</code></td>"
        f"<td>{did.get(name, '')}</td></tr>"
        for number, (name, (words, _)) in enumerate(STEPS.items(), start=1)
    )
    st.html(f'{STYLE}<table class="loop">{rows}</table>')


def reveal() -> None:
    """The curve of many steps."""
    stepper = _stepper() or _begin()
    while stepper.iteration < MANY:
        stepper.step()
    losses = stepper.losses
    show_chart(
        noisy_curve(losses, 5, ("Step", "Loss")),
        key="stepper-losses",
        alt=f"The loss of {len(losses)} steps, from {losses[0]:.2f} to {losses[-1]:.2f}",
    )
    st.markdown(
        f"{len(losses)} steps on {source()}: **{rises(losses)}** times the loss went up. Still, it "
        f"fell from {losses[0]:.2f} to {losses[-1]:.2f}."
    )


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
    visit().learn.stepper = None


def _what_happened(stepper: Stepper) -> dict[str, str]:
    """What each line did in the newest step, by its name in STEPS."""
    record, numbers = stepper.record, step_numbers(stepper.record)
    sheet = picture(digits_mosaic(record.images[:SHOWN].numpy(), SHOWN))
    return {
        "batch": f'<img src="{sheet}" alt="The first of {numbers.images} digits">',
        "forward": f"{numbers.right} of {numbers.images} right",
        "zero_grad": "all slopes 0",
        "loss": f"{numbers.loss:.3f}",
        "backward": f"slope {numbers.gradient:.2f}",
        "step": f"moved by {percent(numbers.moved, 2)}",
        "yield": f"loss {stepper.iteration:,}: {stepper.losses[-1]:.3f}",
        "epochs": f"{stepper.total_iterations - stepper.iteration:,} batches to go",
    }
