"""Lesson 4: one digit goes through the tutorial network, step by step; then some that are none."""

from __future__ import annotations

import numpy as np
import streamlit as st
from torch import nn

from core.charts.lessons.network_map import network_map
from core.lessons.no_digits import answers_to_shapes
from core.lessons.units import answer_of, passage, silent
from pages.ui.learn.network_dots import network_dots
from pages.ui.state import server
from pages.ui.state.visit import put_widget_value, widget_value
from pages.ui.widgets.choosing.choice import choose_one
from pages.ui.widgets.choosing.digit_picker import pick_digit
from pages.ui.widgets.digits.pictures import picture
from pages.ui.widgets.digits.wall import wall
from pages.ui.words.numbers import percent

STAGES = ("pixels", "activation_1", "activation_2", "output")
STEPS = {
    "picture": "Picture",
    "hidden 1": "Hidden 1",
    "hidden 2": "Hidden 2",
    "scores": "Scores",
    "shares": "Shares",
}
LIT = {"picture": 1, "hidden 1": 2, "hidden 2": 3, "scores": 4, "shares": 4}


def show() -> None:
    """The network, lit up to the chosen step, and what that step did. Raises PretrainedError."""
    _steps(server.shipped("tutorial").model)


@st.fragment
def _steps(model: nn.Module) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        image, digit = pick_digit("forward")
        st.button("Next step", icon=":material/skip_next:", on_click=_step_on, key="forward-next")
    step = choose_one("Step", STEPS, "forward-step", show_label=False)
    passed = passage(model, image)
    last = "probabilities" if step == "shares" else "output"
    layers = [*(passed[name] for name in STAGES[:-1]), passed[last]]
    network_dots(
        network_map(layers, _words(passed[last], step), lit=LIT[step]),
        "forward-map",
        f"The tutorial network reads a {digit}: lit up to the step “{STEPS[step]}”",
    )
    st.markdown(_said(step, passed))
    if step == "picture":
        st.html(
            f'<img src="{picture(image.reshape(1, -1))}" alt="All rows of the picture in one line" '
            'style="width:100%;height:24px;image-rendering:pixelated;border-radius:3px">'
        )


def _step_on() -> None:
    """To the step after the chosen one; after the last, to the first."""
    steps = list(STEPS)
    following = steps.index(widget_value("forward-step")) + 1
    put_widget_value("forward-step", steps[following % len(steps)])


def reveal() -> None:
    """What it says where none of the ten answers is right."""
    said = answers_to_shapes(server.shipped("tutorial").model)
    captions = [
        f"{answer}, {percent(float(sure), 0)}"
        for answer, sure in zip(said.answers, said.sure, strict=True)
    ]
    wall(
        said.images,
        [f"{name}: {words}" for name, words in zip(said.names, captions, strict=True)],
        "Drawings that are no digit, and what the tutorial network says to them",
        "no-digits",
        tile=84,
        captions=captions,
    )


def _words(values: np.ndarray, step: str) -> list[str]:
    """The ten answers; as soon as they are there, each with its score, or its share."""
    if LIT[step] < len(STAGES):
        return [str(place) for place in range(len(values))]
    said = [percent(float(value), 0) if step == "shares" else f"{value:.1f}" for value in values]
    return [f"{place}: {words}".replace("-", "−") for place, words in enumerate(said)]


def _said(step: str, passed: dict[str, np.ndarray]) -> str:
    answer = answer_of(passed["output"])
    match step:
        case "picture":
            return "784 numbers. Row after row is laid in one line (*flatten*):"
        case "hidden 1" | "hidden 2":
            values = passed["activation_1" if step == "hidden 1" else "activation_2"]
            return f"{len(values)} units. {silent(values)} of them stay silent."
        case "scores":
            return f"Ten scores (*logits*). The largest is that of the **{answer}**."
    share = percent(float(passed["probabilities"][answer]))
    return f"The scores as shares of 100 % (*softmax*): it gives the **{answer}** {share}."
