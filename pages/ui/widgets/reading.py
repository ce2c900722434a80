"""How a network reads a drawing, on the page: the answer, ten bars, the picture it was given."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from pages.ui import state
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from core.drawing import Prepared

ALMOST = 0.9999  # a network is never sure beyond doubt, only its rounded number says so

STYLE = """<style>
.reading { display: flex; flex-wrap: wrap; gap: 1.25rem; align-items: flex-start; }
.reading .answer { font-size: 5.5rem; font-weight: 700; line-height: 1; }
.reading .sure { margin: 0.25rem 0 0.75rem 0; }
.reading .seen { image-rendering: pixelated; width: 112px; height: 112px; border-radius: 6px;
  border: 1px solid rgba(128, 128, 128, 0.5); display: block; }
.reading figcaption { font-size: 0.8rem; opacity: 0.75; max-width: 9rem; }
.reading figure { margin: 0; }
.reading .bars { flex: 1 1 11rem; display: grid; grid-template-columns: 1rem 1fr 4.4rem;
  gap: 2px 0.5rem; align-items: center; font-variant-numeric: tabular-nums; min-width: 11rem; }
.reading .track { background: rgba(128, 128, 128, 0.18); border-radius: 3px; height: 0.95rem; }
.reading .bar { background: #56B4E9; border-radius: 3px; height: 100%; min-width: 1px; }
.reading .best .bar { background: #E69F00; }
.reading .row { display: contents; }
.reading .best { font-weight: 700; }
.reading .share { text-align: right; white-space: nowrap; }
</style>"""

STAGES_STYLE = """<style>
.stages { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: 1rem; }
.stages figure { margin: 0; }
.stages img { width: 100%; max-width: 11rem; aspect-ratio: 1; object-fit: contain; display: block;
  background: #000; image-rendering: pixelated; border-radius: 6px; }
.stages figcaption { font-size: 0.85rem; margin-top: 0.35rem; }
</style>"""


def read_drawing(drawing: dict[str, Any], network: state.Network, waiting: str) -> Prepared | None:
    """Let `network` read the drawing, show what it says and return what it was given.

    `waiting` stands there until something is drawn.
    """
    if not drawing.get("objects"):  # nothing that torch would have to be imported for
        st.info(waiting, icon=":material/draw:")
        return None
    from core import drawing as drawings

    try:
        prepared = drawings.prepare(drawing)
    except drawings.EmptyDrawing as problem:
        st.info(str(problem), icon=":material/draw:")
        return None
    except drawings.DrawingError as problem:
        st.warning(str(problem), icon=":material/warning:")
        return None
    show_answer(prepared.image, network)
    return prepared


def read_picture(data: bytes, network: state.Network) -> Prepared | None:
    """Let `network` read a digit on a picture file, and return what it was given."""
    from core import drawing as drawings
    from core.strokes.pictures import read_picture as open_picture

    try:
        prepared = drawings.prepare_pixels(open_picture(data))
    except drawings.DrawingError as problem:
        st.warning(str(problem), icon=":material/warning:")
        return None
    show_answer(prepared.image, network)
    return prepared


def show_answer(image: np.ndarray, network: state.Network) -> None:
    """What `network` says to an image, float (28, 28) in [0, 1], and who it is."""
    from core.evaluation import probabilities
    from core.pretrained import PretrainedError
    from core.runs.store import RunError

    try:
        model = network.get()
    except (PretrainedError, RunError) as problem:
        st.error(str(problem), icon=":material/error:")
        return
    shares = probabilities(model, image[None])[0].clamp(max=ALMOST).tolist()
    st.html(STYLE + reading_html(shares, image))
    st.caption(f"Read by {network.label}.")


def show_stages(prepared: Prepared) -> None:
    """Every step from the drawing or picture to what the network sees, and why it is there."""
    figures = "".join(
        f"""<figure><img src="{picture(stage.image)}" alt="{html.escape(stage.title)}">
        <figcaption><b>{number} · {html.escape(stage.title)}</b><br>{html.escape(stage.reason)}
        </figcaption></figure>"""
        for number, stage in enumerate(prepared.stages, start=1)
    )
    st.html(f'{STAGES_STYLE}<div class="stages">{figures}</div>')


def reading_html(shares: Sequence[float], image: np.ndarray) -> str:
    """The answer in large type, the ten probabilities as bars, what the network sees."""
    answer = max(range(len(shares)), key=lambda digit: shares[digit])
    rows = "".join(bar_html(digit, share, digit == answer) for digit, share in enumerate(shares))
    return f"""<div class="reading" role="status" aria-live="polite">
      <div>
        <div>It reads</div>
        <div class="answer" data-testid="answer">{answer}</div>
        <div class="sure" data-testid="sure">{html.escape(percent(shares[answer]))} sure</div>
        <figure>
          <img class="seen" src="{picture(image)}"
            alt="The picture of 28 by 28 squares that the network sees">
          <figcaption>What the network sees: 28 × 28 squares</figcaption>
        </figure>
      </div>
      <div class="bars">{rows}</div>
    </div>"""


def bar_html(digit: int, share: float, best: bool) -> str:
    """One row: the digit, its bar, its share in per cent."""
    return f"""<div class="row{" best" if best else ""}">
      <span>{digit}</span>
      <div class="track"><div class="bar" style="width:{100 * share:.1f}%"></div></div>
      <span class="share">{html.escape(percent(share))}</span></div>"""


def picture(image: np.ndarray) -> str:
    """An image as an address that an <img> can show.

    image: float (H, W) in [0, 1], or uint8 (H, W) or (H, W, 3).
    """
    from PIL import Image

    image = np.asarray(image)
    if image.dtype != np.uint8:
        image = (image * 255).round().astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, format="PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
