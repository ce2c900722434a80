"""How a network reads a drawing, on the page: the answer, ten bars, the picture it was given."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from pages.ui.state.networks import Network
from pages.ui.widgets.network_picker import model_of
from pages.ui.widgets.pictures import picture
from pages.ui.words.numbers import sureness

if TYPE_CHECKING:
    from core.drawing import Prepared

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


def read_drawing(drawing: dict[str, Any], network: Network, waiting: str) -> Prepared | None:
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
    show_answer(prepared.renderings, network)
    return prepared


def show_answer(renderings: np.ndarray, network: Network) -> None:
    """What `network` says to a digit, and who it is.

    renderings: float (R, 28, 28) in [0, 1], the digit in one way or several, the first is shown.
    """
    model = model_of(network)
    if model is None:
        return
    from core.evaluation import read

    shares = read(model, renderings).tolist()
    st.html(STYLE + reading_html(shares, renderings[0]))
    st.caption(f"Read by {network.label}.")


def reading_html(shares: Sequence[float], image: np.ndarray) -> str:
    """The answer in large type, the ten probabilities as bars, what the network sees."""
    answer = max(range(len(shares)), key=lambda digit: shares[digit])
    rows = "".join(bar_html(digit, share, digit == answer) for digit, share in enumerate(shares))
    return f"""<div class="reading" role="status" aria-live="polite">
      <div>
        <div>It reads</div>
        <div class="answer" data-testid="answer">{answer}</div>
        <div class="sure" data-testid="sure">{html.escape(sureness(shares[answer]))} sure</div>
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
      <span class="share">{html.escape(sureness(share))}</span></div>"""
