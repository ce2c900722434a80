"""Where wrong? A wall of mistakes, worst first; a click shows one large, with all ten shares."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from core.data import scaled
from core.exam.scores import worst_cell
from core.gallery.averages import averages
from pages.ui import shell
from pages.ui.exam.sitting import Sitting
from pages.ui.state import server
from pages.ui.state.networks import ask_network
from pages.ui.state.visit import visit
from pages.ui.widgets.canvas import SIDE, put_drawing
from pages.ui.widgets.choosing.choice import choose_one
from pages.ui.widgets.digits.pictures import picture
from pages.ui.widgets.digits.reading import STYLE, bars_html
from pages.ui.widgets.digits.wall import wall
from pages.ui.widgets.digits.why import show_why
from pages.ui.words.numbers import article, counted, unmarked

PER_PAGE = 60

LAYOUT = """<style>
@media (max-width: 960px) {
  .st-key-wrong-tiles { max-height: 17.25rem; overflow-y: auto; }
}
.st-key-wrong-closer { min-height: 22rem; }
</style>"""


@st.fragment
def show_mistakes(sitting: Sitting) -> None:
    """The wall, and a closer look at one of them."""
    mistakes = sitting.exam.mistakes
    if not len(mistakes):
        st.success(f"It read all {sitting.exam.total.images:,} images correctly.")
        return
    st.html(LAYOUT)
    with st.container(key="beside-wrong"):
        with st.container(key="wrong-wall"):
            chosen = show_wall(sitting)
        with st.container(key="wrong-closer"):
            show_closer(sitting, chosen)
            ask_why(sitting, chosen)
            offer_to_redraw(sitting, chosen)
            show_averages(sitting, chosen)


def show_wall(sitting: Sitting) -> int:
    """A page of mistakes; the number of the image that is chosen, at first the worst."""
    exam, here = sitting.exam, visit().exam
    kind, mistakes = choose_kind(sitting)
    st.markdown(
        f"**{counted(len(mistakes), 'mistake')}** of {exam.total.images:,}, the surest first: "
        "what it was → what the network says. Click one."
    )
    pages, place = math.ceil(len(mistakes) / PER_PAGE), st.container(key="wrong-tiles")
    page = st.pagination(pages, key=f"exam-page-{kind}-{sitting.key}") if pages > 1 else 1
    shown = mistakes[(page - 1) * PER_PAGE :][:PER_PAGE]
    chosen = here.mistake if here.mistake in shown else int(shown[0])
    pairs = list(zip(exam.labels[shown].tolist(), exam.answers[shown].tolist(), strict=True))

    def choose(number: int) -> None:
        here.mistake = int(shown[number])

    with place:
        wall(
            sitting.digits.images[shown].numpy(),
            [f"A {label}, read as {answer}" for label, answer in pairs],
            "Mistakes, the surest first",
            "exam-mistakes",
            tile=64,
            captions=[f"{label} → {answer}" for label, answer in pairs],
            chosen=shown.tolist().index(chosen),
            on_choose=choose,
        )
    return chosen


def choose_kind(sitting: Sitting) -> tuple[str, np.ndarray]:
    """The most frequent mistake, or all of them; the numbers of these images, the surest first."""
    exam = sitting.exam
    label, answer = worst_cell(exam.total.confusion)
    often = exam.in_cell(label, answer)
    times = counted(len(often), "time")
    kinds = {"often": f"Most often: {label} read as {answer}, {times}", "all": "All mistakes"}
    key = f"exam-kind-{sitting.key}"
    kind = choose_one("Which mistakes", kinds, key, default="all", show_label=False)
    return kind, often if kind == "often" else exam.mistakes


def show_closer(sitting: Sitting, number: int) -> None:
    """One image, large, with all ten probabilities."""
    exam = sitting.exam
    shares = exam.probabilities[number].tolist()
    answer, label = int(exam.answers[number]), int(exam.labels[number])
    st.html(
        f"""{STYLE}<div class="reading"><div>It was {article(label)} <b>{label}</b>. It says
        <div class="answer">{answer}</div>
        <img class="seen" src="{picture(sitting.digits.images[number].numpy())}"
          style="width:208px;height:208px" alt="The digit that was misread"></div>
        {bars_html(shares)}</div>"""
    )


def show_averages(sitting: Sitting, number: int) -> None:
    """What all the digits like it look like together, and those that it was taken for."""
    exam = sitting.exam
    both = [int(exam.labels[number]), int(exam.answers[number])]
    means = server.kept().get_or_make(
        ("exam-averages", sitting.key[1]), lambda: averages(sitting.digits).mean.numpy()
    )
    st.markdown("**Which is it more like?** On average, in this exam:")
    wall(
        means[both],
        [f"The average {digit}" for digit in both],
        "The average digits",
        "exam-averages",
        tile=104,
        captions=[f"{article(digit)} {digit}" for digit in both],
    )


def ask_why(sitting: Sitting, number: int) -> None:
    """What in the image speaks for the answer, and what for the next."""
    image = scaled(sitting.digits.images[number]).numpy()
    label = int(sitting.exam.labels[number])
    show_why(sitting.network, image, sitting.exam.probabilities[number], "mistake", label)


def offer_to_redraw(sitting: Sitting, number: int) -> None:
    """Put the digit on Predict's canvas, as strokes."""
    if not st.button("Draw it again on Predict", icon=":material/draw:"):
        return
    from core.drawing import DrawingError  # late: both take a second, and few press the button
    from core.strokes.tracing import traced_drawing

    try:
        drawing = traced_drawing(sitting.digits.images[number].numpy(), SIDE)
    except DrawingError as problem:
        st.warning(unmarked(str(problem)), icon=":material/warning:")
        return
    put_drawing("predict", drawing)
    ask_network(sitting.network.key)
    shell.go("predict")
