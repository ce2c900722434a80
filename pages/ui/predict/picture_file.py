"""A digit on a picture file, read by a network."""

from __future__ import annotations

import streamlit as st

from core.drawing import DrawingError, Prepared, prepare_pixels
from core.strokes.files import read_picture
from pages.ui.state.networks import Network
from pages.ui.widgets.reading import show_answer


def read_digit_on(data: bytes, network: Network) -> Prepared | None:
    """Let `network` read it, show what it says and return what it was given; data: of the file."""
    try:
        prepared = prepare_pixels(read_picture(data))
    except DrawingError as problem:
        st.warning(str(problem), icon=":material/warning:")
        return None
    show_answer(prepared.image, network)
    return prepared
