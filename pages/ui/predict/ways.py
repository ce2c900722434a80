"""The ways to hand over a digit: draw it, upload a picture of it, take a photo."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from pages.ui.predict.picture import from_picture_file
from pages.ui.widgets.stage.given import Given, from_drawing
from pages.ui.widgets.stage.show import pad

WAYS = {"draw": "Draw", "file": "Upload a picture", "camera": "Take a photo"}
NO_CAMERA = (
    "Browsers give the camera only to pages that come over https, and this one came over http. "
    "Choose “Upload a picture”: on a phone or tablet that can take a photo too."
)
DROP = """<style>
.st-key-stage-given:not(:has(.shown)) [data-testid="stFileUploaderDropzone"] {
  min-height: calc(var(--side) - 2rem); flex-wrap: wrap; place-content: center;
  align-items: center; }
.st-key-stage-given [data-testid="stFileUploaderDropzoneInstructions"] { flex: 0 1 auto; }
.st-key-stage-given [data-testid="stFileUploaderDropzoneInstructions"] span {
  white-space: normal; } /* on a phone */
</style>"""  # as large as the pad, until a picture is there
KINDS = ["jpg", "jpeg", "jfif", "png", "webp", "gif", "bmp", "avif", "heic", "heif"]


def may_use_camera(address: str | None) -> bool:
    """Whether a browser lets a page of this address use the camera: over https, or on the machine
    itself. None: it is not known."""
    if not address or not (parts := urlsplit(address)).hostname:
        return True
    host = parts.hostname
    return parts.scheme == "https" or host in ("localhost", "::1") or host.startswith("127.")


def hand_over(way: str) -> Given:
    """Take digits from the visitor in this way, a key of WAYS."""
    if way == "draw":
        return from_drawing(pad("predict"))
    if way == "file":
        st.html(DROP)
        picture = st.file_uploader("A picture of one digit or several", type=KINDS)
    elif not may_use_camera(st.context.url):
        return Given(message=NO_CAMERA)
    else:
        picture = st.camera_input("Hold it close and straight")
        st.caption("On a phone or tablet, **Upload a picture** opens its better camera.")
    if picture is None:
        return Given(message="Write large digits on plain paper.")
    return from_picture_file(picture.getvalue())
