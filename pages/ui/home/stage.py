"""The stage of Home: a pad to draw on, the network that reads it layer by layer, and its answer.

Until somebody touches the pad, the recording of core/demonstration plays in the browser. How all
of it is drawn and moves is in pages/ui/frontend/stage.js; this module hands over numbers and words.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from core.demonstration import recording
from core.demonstration.recording import Reading
from pages.ui import shell
from pages.ui.home.looks import LAYOUT, STAGE_CSS, STAGE_HTML
from pages.ui.state.networks import NAMES, Network, first_to_ask
from pages.ui.state.visit import Drawing
from pages.ui.widgets.canvas import drawing_box
from pages.ui.widgets.network_picker import model_of
from pages.ui.words.numbers import sureness

SCRIPT = Path(__file__).parent.parent / "frontend" / "stage.js"
SIDE = 640  # pixels of the pad as it is drawn on; the page shows it as large as there is room
HIDDEN = 40  # pixels above the pad, out of sight: there lies the toolbar, which swallows strokes
TOO_LARGE = "The numbers in this network have grown too large to be worked with."

_component = st.components.v2.component(
    "digitlab_stage", html=STAGE_HTML, css=STAGE_CSS, js=SCRIPT.read_text(encoding="utf-8")
)


def layout_css() -> str:
    """The style sheet of the page, as HTML."""
    return LAYOUT.replace("SIDE", str(SIDE)).replace("HIDDEN", str(HIDDEN))


@st.fragment
def show_stage() -> None:
    """The pad on the left, the network and its answer on the right, the way to a network of one's
    own below them."""
    with st.container(key="stage-room"), st.container(key="stage", horizontal=True, gap="medium"):
        drawing = drawing_box("home", side=SIDE, above=HIDDEN, caption="")
        with st.container(key="stage-answer", gap="small"):
            _component(key="home-stage", data=stage_data(drawing, first_to_ask()))
            if st.button("Train your own", type="primary", icon=":material/model_training:"):
                shell.go("train")


def stage_data(drawing: Drawing, network: Network) -> dict[str, Any]:
    """What the browser shows: the recording where nothing is drawn, else the network's reading.

    demonstration: a list as `for_browser` makes it, or None; reading: the same for what was drawn,
    or None; message: why there is no answer; read_by: who reads.
    """
    if not drawing.get("objects"):  # nothing that torch would have to be imported for
        return {
            "demonstration": demonstration(),
            "reading": None,
            "message": "",
            "read_by": f"Real pen digits, read by {NAMES['default']}.",
        }
    reading, message = read(drawing, network)
    return {
        "demonstration": None,
        "reading": for_browser(reading) if reading else None,
        "message": message,
        "read_by": f"Read by {network.name}. {network.note}".strip(),
    }


def read(drawing: Drawing, network: Network) -> tuple[Reading | None, str]:
    """What `network` makes of the drawing; None, and a sentence that says why there is nothing."""
    from core import drawing as drawings
    from core.demonstration.brightness import reading_of

    try:
        image = drawings.prepare_one(drawing).image
    except drawings.DrawingError as problem:
        return None, str(problem)
    model = model_of(network)
    if model is None:
        return None, ""
    reading = reading_of(model, image, network.get_doubt())
    return reading, "" if reading else TOO_LARGE


def for_browser(reading: Reading) -> dict[str, Any]:
    """A reading with its words: the names of the layers, how sure it is, what stands below it."""
    sure, answer = [sureness(share) for share in reading.shares], reading.answer
    below = f"No digit, I think. Closest: {answer}" if reading.none else f"{sure[answer]} sure"
    return reading.to_dict() | {
        "labels": [label(number, shape) for number, shape in enumerate(reading.shapes)],
        "answer": answer,
        "sure": sure,
        "below": below,
        "said": f"{below}." if reading.none else f"It reads {answer}, {below}.",
    }


def label(number: int, shape: recording.Shape) -> str:
    """The name of a layer, counted from the picture itself, which is number 0."""
    if not number:
        return f"What it sees: {shape.side} × {shape.side}"
    return f"Layer {number}: {shape.units} {shape.noun}s"


@cache
def demonstration() -> list[dict[str, Any]]:
    """The recorded digits with their strokes."""
    return [
        for_browser(each.reading) | {"strokes": each.strokes} for each in recording.load().digits
    ]
