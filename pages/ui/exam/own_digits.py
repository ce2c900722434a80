"""Your own exam: draw each digit as asked; it is graded at once and kept, here and on Predict."""

from __future__ import annotations

import streamlit as st

from core import drawing as drawings
from core.config import DATASETS
from core.exam.own_digits import as_digits
from core.exam.packing import MOST
from core.exam.sitting import sit_exam
from pages.ui.exam.digit_choice import OWN, use_digits
from pages.ui.exam.sitting import Sitting
from pages.ui.state.networks import Network
from pages.ui.state.own_digits import add, forget, own_digits
from pages.ui.state.visit import visit
from pages.ui.widgets.canvas import drawing_box, drawn_in
from pages.ui.widgets.choosing.network_picker import model_of
from pages.ui.widgets.digits.wall import wall
from pages.ui.words.numbers import article, percent, unmarked

BOX = "own-exam"  # the name of the drawing
SIDE = 480  # pixels of the pad as it is drawn on; the page shows it as large as there is room
LAYOUT = """<style>
@property --side { syntax: "\\3c length\\3e"; inherits: true; initial-value: 0px; }
.st-key-own-exam { --side: max(14rem, min(28rem, 40cqw, 100vh - 20rem)); display: grid;
  gap: 1rem 2rem; grid-template: "pad asked" auto "pad grades" 1fr / var(--side) minmax(0, 1fr); }
.st-key-own-exam > * { width: auto; min-width: 0; }
.st-key-own-exam > :has(> .st-key-own-asked) { grid-area: asked; }
.st-key-own-exam > :has(> .st-key-own-pad) { grid-area: pad; }
.st-key-own-asked h2 { font-size: 3rem; line-height: 1.1; padding: 0 0 0.5rem; }
@container (max-width: 560px) {
  .st-key-own-exam { --side: min(100cqw, 22rem, max(14rem, 100vh - 20rem));
    grid-template: "asked" "pad" "grades" / minmax(0, 1fr); }
}
.st-key-own-pad [class*="-paper"] { position: relative; flex: none; overflow: clip;
  width: var(--side); height: var(--side); }
.st-key-own-pad [class*="-paper"] > :first-child { position: absolute; top: 0; left: 0;
  width: SIDEpx; max-width: none; height: SIDEpx; transform-origin: 0 0;
  transform: scale(tan(atan2(var(--side), SIDEpx))); }
.to-come { display: grid; gap: var(--tile-gap); grid-template-columns: repeat(10, minmax(0, 4rem));
  text-align: center; font-variant-numeric: tabular-nums; margin-bottom: 0.5rem; }
.to-come i { display: block; aspect-ratio: 1; border-radius: var(--tile-radius);
  box-shadow: var(--tile-frame); }
.to-come :first-child i { box-shadow: 0 0 0 2px currentColor; }
</style>""".replace("SIDE", str(SIDE))
TO_COME = f"""<div class="to-come" aria-hidden="true">
{"".join(f"<div><i></i>{digit}</div>" for digit in range(10))}</div>
Ten digits, one after the other. Each is graded at once."""


@st.fragment
def show_own_exam(network: Network, sitting: Sitting | None) -> None:
    """The box with what to draw, and how the network has done so far.

    sitting: its exam on a test set, to compare with; None where there is none.
    """
    if visit().exam.own_is_new:  # the whole page changes: it says above how many there are
        visit().exam.own_is_new = False
        st.rerun()
    st.html(LAYOUT)
    with st.container(key="own-exam"):
        if len(own_digits()) < MOST:
            ask_for_a_digit(len(own_digits()) % 10)
        else:
            st.markdown(f"You have {MOST} digits, and no more are kept. Forget them to begin anew.")
        with st.container(key="own-grades"):
            if own_digits():
                show_grades(network, sitting)
            else:
                st.html(TO_COME)


def ask_for_a_digit(asked: int) -> None:
    """What to draw, 0 to 9 and then from the beginning, the box, and the button beside it."""
    with st.container(key="own-pad"):
        drawing_box(box_key(), side=SIDE, box=BOX)
    with st.container(key="own-asked"):
        st.markdown(f"## Draw {article(asked)} {asked}")
        offer_to_hand_in(asked)


def offer_to_hand_in(asked: int) -> None:
    """The button; above it what was wrong with a drawing."""
    if problem := visit().exam.own_problem:
        st.warning(unmarked(problem), icon=":material/warning:")
    st.button(
        f"That is my {asked}",
        type="primary",
        icon=":material/check:",
        key="own-done",
        disabled=not drawn_in(BOX).get("objects"),
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
        prepared = drawings.prepare_one(drawn_in(BOX))
    except drawings.DrawingError as problem:
        here.own_problem = str(problem)
        return
    add(asked, prepared.image)
    here.own_problem = ""
    here.own_number += 1
    visit().boxes.pop(BOX, None)
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
    st.markdown(
        f"**{exam.total.correct} of your {exam.total.images}** read correctly "
        f"(95 % interval {percent(low, 0)} to {percent(high, 0)}){beside(sitting)}."
    )
    pairs = list(zip(exam.labels.tolist(), exam.answers.tolist(), strict=True))
    wall(
        digits.images.numpy(),
        [f"Your {label}, read as {answer}" for label, answer in pairs],
        f"Your {len(pairs)} digits in the order in which they were kept",
        "own-wall",
        tile=60,
        captions=[mark(label, answer) for label, answer in pairs],
    )
    with st.container(horizontal=True):
        if st.button("Examine on them above"):
            use_digits(OWN)
            st.rerun()
        if st.button("Forget my digits", icon=":material/delete:"):
            forget()
            st.rerun()
    st.caption("Your browser keeps them until then.")


def beside(sitting: Sitting | None) -> str:
    """What it reads of the test set, to compare with; nothing where it was examined on no other."""
    if sitting is None or sitting.key[1] not in DATASETS:
        return ""
    return f"; of {sitting.dataset} {percent(sitting.exam.total.accuracy)}"


def mark(label: int, answer: int) -> str:
    """Under a digit: what it is, and what it was taken for if that is another."""
    return f"{label} ✓" if label == answer else f"{label} → {answer}"
