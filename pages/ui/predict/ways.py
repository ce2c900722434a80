"""The ways to hand over a digit: draw it, upload a picture of it, take a photo."""

from __future__ import annotations

import streamlit as st

from pages.ui.predict.picture import from_picture_file
from pages.ui.widgets.stage.given import Given, from_drawing
from pages.ui.widgets.stage.show import pad

WAYS = {"draw": "Draw", "file": "Upload a picture", "camera": "Take a photo"}
KINDS = ["jpg", "jpeg", "jfif", "png", "webp", "gif", "bmp", "avif", "heic", "heif"]


def hand_over(way: str) -> Given:
    """Take digits from the visitor in this way, a key of WAYS."""
    if way == "draw":
        return from_drawing(pad("predict"))
    if way == "file":
        picture = st.file_uploader("One digit or several, at most 15 MB", type=KINDS)
    else:
        picture = st.camera_input("Hold it close and straight")
    if picture is None:
        return Given(message="Write one large digit on plain paper.")
    return from_picture_file(picture.getvalue())
