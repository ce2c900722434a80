"""The visitor's own digit, read by each of the runs that are chosen."""

from __future__ import annotations

import streamlit as st

from core.evaluation import read
from core.runs.kept.store import RunSummary
from pages.ui.runs.compare.beside import beside_html
from pages.ui.runs.compare.exams import as_network
from pages.ui.runs.compare.names import distinct_names
from pages.ui.widgets.canvas import drawing_box
from pages.ui.widgets.choosing.network_picker import model_of
from pages.ui.widgets.digits.reading import drawn_digit
from pages.ui.widgets.stage.show import BOX

STYLE = """<style>
.st-key-runs-draw { display: grid; gap: 1rem 2rem; grid-template-columns: 280px minmax(0, 1fr); }
.st-key-runs-draw > * { width: auto; min-width: 0; }
@media (max-width: 720px) { .st-key-runs-draw { grid-template-columns: minmax(0, 1fr); } }
</style>"""


@st.fragment
def show_drawing(runs: list[RunSummary]) -> None:
    """A pad with what was drawn last, here or on Predict, and what each network says to it."""
    st.html(STYLE)
    with st.container(key="runs-draw"):
        drawing = drawing_box("runs-pad", samples=True, box=BOX)
        with st.container(key="runs-answers"):
            digit = drawn_digit(drawing)
            if digit is not None:
                show_answers(runs, digit.renderings)


def show_answers(runs: list[RunSummary], renderings: object) -> None:
    """renderings: float (R, 28, 28) in [0, 1] of the one digit."""
    models = [model_of(as_network(run)) for run in runs]
    pairs = [pair for pair in zip(distinct_names(runs), models, strict=True) if pair[1] is not None]
    names = [name for name, _ in pairs]
    st.html(beside_html(names, [read(model, renderings).tolist() for _, model in pairs]))
