"""Lesson 8: the eight lines of our own trainer in a ring; a button runs them once around.

Before the first step they are named in words; then each says what it did.
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

PLACES = ("1 / 1", "1 / 2", "1 / 3", "2 / 3", "3 / 3", "3 / 2", "3 / 1", "2 / 1")  # of the ring
ARROWS = "→→↓↓←←↑↑"
PACE = 0.3  # seconds from line to line

STYLE = """<style>
.ring { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.5rem;
  grid-auto-rows: minmax(8.5rem, auto); }
.ring > div { position: relative; border-radius: 8px; padding: .5rem .75rem; }
.ring > div[data-arrow] { border: 2px solid rgba(128, 128, 128, .4); }
.ring > [data-arrow].next { border-color: light-dark(#0072B2, #56B4E9);
  background: rgba(86, 180, 233, .25); }
.ring > [data-arrow]::after { content: attr(data-arrow); position: absolute; font-size: 1.25rem;
  line-height: 1.5rem; width: 1.5rem; text-align: center; }
.ring > [data-arrow="→"]::after { left: 100%; top: calc(50% - .75rem); }
.ring > [data-arrow="←"]::after { right: 100%; top: calc(50% - .75rem); }
.ring > [data-arrow="↓"]::after { top: 100%; left: calc(50% - .75rem); }
.ring > [data-arrow="↑"]::after { bottom: 100%; left: calc(50% - .75rem); }
.ring b { display: block; font-size: 1.1rem; font-variant-numeric: tabular-nums; }
.ring code { display: block; font-size: .7rem; opacity: .8; overflow-wrap: anywhere; }
.ring .middle { display: grid; place-content: center; text-align: center; }
.ring .middle b { font-size: 1.75rem; }
.ring img { width: 100%; max-width: 14rem; image-rendering: pixelated; border-radius: 3px;
  display: block; }
@keyframes now { from, 90% { border-color: light-dark(#0072B2, #56B4E9);
  background: rgba(86, 180, 233, .25); } }
@keyframes wait { from, to { border-color: rgba(128, 128, 128, .4); background: none; } }
@keyframes came { from { opacity: 0; } }
@media (prefers-reduced-motion: no-preference) {
  .ring .ran { animation: now PACEs calc(var(--turn) * PACEs); }
  .ring .ran.next { animation: now PACEs, wait calc(7 * PACEs) PACEs; } /* once around */
  .ring .ran b { animation: came .1s calc(var(--turn) * PACEs) both; }
}
@media (max-width: 640px) {
  .ring { gap: 1.25rem; grid-auto-rows: minmax(6.5rem, auto); font-size: .85rem; }
  .ring > div { padding: .4rem; }
  .ring b { font-size: .9rem; }
  .ring code { display: none; }
}
</style>""".replace("PACE", str(PACE))


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
    did = _what_happened(stepper) if stepper else {}
    lines = loop_lines() if stepper else {}
    ring = "".join(
        f'<div class="{"ran" if did else ""}{" next" * (turn == 0)}" data-arrow="{ARROWS[turn]}" '
        f'style="grid-area: {PLACES[turn]}; --turn: {turn}">{turn + 1} · {words}'
        f"<b>{did.get(name, '')}</b><code>{html.escape(lines.get(name, ''))}</code></div>"
        for turn, (name, (words, _)) in enumerate(STEPS.items())
    )
    steps = stepper.iteration if stepper else 0
    st.html(
        f'{STYLE}<div class="ring">{ring}<div class="middle" style="grid-area: 2 / 2">'
        f"<b>↻ {steps:,}</b></div></div>"
    )


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
    visit().learn.stepper = ""  # and not None: the button was pressed once


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
