"""The gallery of mistakes, worst first: what it was, what the network said, how sure it was."""

from __future__ import annotations

import html
import math

import streamlit as st

from core.drawing import DrawingError
from core.explain.scores import likeliest
from core.strokes.tracing import traced_drawing
from pages.ui import shell
from pages.ui.exam.score_card import Sitting
from pages.ui.state.networks import ask_network
from pages.ui.widgets.canvas import SIDE, put_drawing
from pages.ui.widgets.pictures import picture
from pages.ui.widgets.reading import STYLE, bar_html
from pages.ui.words.numbers import sureness

PER_PAGE = 12

CARDS = """<style>
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.6rem, 1fr));
  gap: 0.75rem; }
.mistakes figure { margin: 0; }
.mistakes img { image-rendering: pixelated; width: 84px; height: 84px; border-radius: 6px;
  display: block; }
.mistakes figcaption { font-size: 0.85rem; line-height: 1.35; margin-top: 0.25rem; }
.mistakes small { opacity: 0.8; }
</style>"""


@st.fragment
def show_mistakes(sitting: Sitting) -> None:
    """A page of mistakes, and a closer look at one of them."""
    mistakes = sitting.exam.mistakes
    if not len(mistakes):
        st.success(f"It read all {sitting.exam.total.images:,} images correctly.")
        return
    st.markdown(
        f"All **{len(mistakes):,}** mistakes of {sitting.exam.total.images:,}, the worst first: "
        "wrong, and most sure of it."
    )
    pages = math.ceil(len(mistakes) / PER_PAGE)
    page = st.pagination(pages, key=f"exam-page-{sitting.key}") if pages > 1 else 1
    first = (page - 1) * PER_PAGE
    shown = mistakes[first : first + PER_PAGE].tolist()
    cards = "".join(card(sitting, number, first + place) for place, number in enumerate(shown, 1))
    st.html(f'{CARDS}<div class="mistakes">{cards}</div>')
    numbers = range(first + 1, first + len(shown) + 1)
    chosen = st.pills("Look closer at mistake number", numbers, default=numbers[0], required=True)
    number = shown[chosen - first - 1]
    show_closer(sitting, number)
    offer_to_redraw(sitting, number)


def card(sitting: Sitting, number: int, place: int) -> str:
    """One mistake: the image, the digit, the answer, the three likeliest digits."""
    exam = sitting.exam
    label, answer = exam.labels[number], exam.answers[number]
    shares = "<br>".join(
        html.escape(f"{digit}: {sureness(exam.probabilities[number, digit])}")
        for digit in likeliest(exam.probabilities[number], 3)
    )
    return f"""<figure>
      <img src="{picture(sitting.digits.images[number].numpy())}"
        alt="Mistake {place}: a {label}, read as {answer}">
      <figcaption>{place} · a <b>{label}</b>, read as <b>{answer}</b><br>
        <small>{shares}</small></figcaption></figure>"""


def show_closer(sitting: Sitting, number: int) -> None:
    """One image, large, with all ten probabilities."""
    exam = sitting.exam
    shares = exam.probabilities[number].tolist()
    answer, label = int(exam.answers[number]), int(exam.labels[number])
    bars = "".join(bar_html(digit, share, digit == answer) for digit, share in enumerate(shares))
    st.html(
        f"""{STYLE}<div class="reading"><figure>
        <img class="seen" src="{picture(sitting.digits.images[number].numpy())}"
          style="width:196px;height:196px" alt="A {label} that was read as {answer}">
        <figcaption>It was a {label}. The network says {answer}.</figcaption></figure>
        <div class="bars">{bars}</div></div>"""
    )


def offer_to_redraw(sitting: Sitting, number: int) -> None:
    """Put the digit on Predict's canvas, as strokes."""
    asked = st.button("Draw it again on Predict", icon=":material/draw:")
    st.caption(
        "The canvas holds strokes, not pixels. So the middle of the lines is followed and drawn "
        "anew: the network may read that differently. Change a stroke there and watch the answer."
    )
    if not asked:
        return
    try:
        drawing = traced_drawing(sitting.digits.images[number].numpy(), SIDE)
    except DrawingError as problem:
        st.warning(str(problem), icon=":material/warning:")
        return
    put_drawing("predict", drawing)
    ask_network(sitting.network.key)
    shell.go("predict")
