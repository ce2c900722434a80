"""The ways to hand over a digit: draw it, upload a picture of it, take a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui.predict.picture import read_picture_file
from pages.ui.predict.wrong import it_was_wrong
from pages.ui.state.networks import Network
from pages.ui.widgets.canvas import drawing_box
from pages.ui.widgets.reading import read_drawing

if TYPE_CHECKING:
    from core.drawing import Prepared

WAYS = {"draw": "Draw", "file": "Upload a picture", "camera": "Take a photo"}
KINDS = ["jpg", "jpeg", "jfif", "png", "webp", "gif", "bmp", "avif", "heic", "heif"]


def ask(way: str, network: Network, left: DeltaGenerator, right: DeltaGenerator) -> list[Prepared]:
    """Take the digits on the left, show the answer on the right; what the network was given."""
    with left:
        if way == "draw":
            drawing = drawing_box("predict")
        elif way == "file":
            picture = st.file_uploader(
                "A photo or scan of one digit or several, at most 15 MB", type=KINDS
            )
        else:
            picture = st.camera_input("One digit, written large on plain paper")
    with right:
        if way == "draw":
            return read_drawing(
                drawing,
                network,
                "Draw a digit from 0 to 9 in the white box, or several side by side: the answer "
                "appears here at once.",
                it_was_wrong,
            )
        if picture is not None:
            return read_picture_file(picture.getvalue(), network)
        st.info("Write one large digit on plain paper.", icon=":material/photo_camera:")
        return []
