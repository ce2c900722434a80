"""How a network reads a digit, in a small place: the answer, ten bars, the picture it was given.

The large place, with the network at work, is the stage: pages/ui/widgets/stage.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.ui.state.networks import Network
from pages.ui.state.visit import Drawing
from pages.ui.widgets.choosing.network_picker import model_of
from pages.ui.widgets.digits.pictures import picture
from pages.ui.widgets.spoken import speak
from pages.ui.words.numbers import sureness, unmarked

if TYPE_CHECKING:
    from core.drawing import DrawingError, Prepared

NEVER_DOUBTS = "It has to choose one of ten digits: it never learned what is no digit."

STYLE = """<style>
.reading { display: flex; flex-wrap: wrap; gap: 1.25rem; align-items: flex-start; }
.reading .answer { font-size: 5.5rem; font-weight: 700; line-height: 1; }
.reading .sure { margin: 0.25rem 0 0.75rem 0; }
.reading .seen { image-rendering: pixelated; width: 112px; height: 112px; display: block;
  border-radius: var(--tile-radius); box-shadow: var(--tile-frame); }
.reading figcaption { font-size: 0.8rem; opacity: 0.75; max-width: 9rem; }
.reading figure { margin: 0; }
.reading .bars { flex: 1 1 11rem; display: grid; grid-template-columns: 1rem 1fr 4.4rem;
  gap: 2px 0.5rem; align-items: center; font-variant-numeric: tabular-nums; min-width: 11rem; }
.reading .track { background: rgba(128, 128, 128, 0.18); border-radius: 3px; height: 0.95rem; }
.reading .bar { background: currentColor; opacity: 0.45; border-radius: 3px; height: 100%;
  min-width: 1px; }
.reading .best .bar { opacity: 0.85; }
.reading .row { display: contents; }
.reading .best { font-weight: 700; }
.reading .share { text-align: right; white-space: nowrap; }
.reading .none { max-width: 9rem; line-height: 1.3; }
.reading .closest { font-size: 1.5rem; font-weight: 700; }
</style>"""


def drawn_digit(drawing: Drawing) -> Prepared | None:
    """The digit drawn, where it has to be one; None where there is none, and why."""
    if not drawing.get("objects"):
        return None
    from core import drawing as drawings

    try:
        return drawings.prepare_one(drawing)
    except drawings.DrawingError as problem:
        _say(problem)
        return None


def _say(problem: DrawingError) -> None:
    from core.drawing import EmptyDrawing

    if isinstance(problem, EmptyDrawing):
        st.info(unmarked(str(problem)), icon=":material/draw:")
    else:
        st.warning(unmarked(str(problem)), icon=":material/warning:")


def show_answers(digits: Sequence[np.ndarray], network: Network) -> None:
    """What `network` says to digits, one below the other, and who it is.

    digits: of each its renderings, float (R, 28, 28) in [0, 1], of which the first is shown.
    """
    model = model_of(network)
    if model is None:
        return
    from core.evaluation import read

    doubt, said = network.get_doubt(), []
    for renderings in digits:
        none = bool(doubt) and doubt.about(model, renderings)
        shares = read(model, renderings).tolist()
        st.html(STYLE + reading_html(shares, renderings[0], none))
        said.append("no digit" if none else f"{best_of(shares)}, {sureness(max(shares))} sure")
    speak(f"It reads {'; '.join(said)}." if said else "", "answers-said")
    read_by = ["Read by", f"{network.name}.", network.note, "" if doubt else NEVER_DOUBTS]
    st.caption(unmarked(" ".join(filter(None, read_by))))


def reading_html(shares: Sequence[float], image: np.ndarray, none: bool = False) -> str:
    """The answer in large type, the ten probabilities as bars, what the network sees.

    none: whether the network says that it is no digit.
    """
    answer = best_of(shares)
    said = (
        f"""<div class="none">That does not look like a digit to me</div>
        <div class="answer" data-testid="answer">?</div>
        <div class="sure">It comes closest to
          <span class="closest" data-testid="closest">{answer}</span></div>"""
        if none
        else f"""<div>It reads</div>
        <div class="answer" data-testid="answer">{answer}</div>
        <div class="sure" data-testid="sure">{html.escape(sureness(shares[answer]))} sure</div>"""
    )
    return f"""<div class="reading">
      <div>
        {said}
        <figure><img class="seen" src="{picture(image)}"
          alt="The picture of 28 by 28 squares that the network sees">
          <figcaption>It sees 28 × 28</figcaption></figure>
      </div>
      {bars_html(shares)}
    </div>"""


def best_of(shares: Sequence[float]) -> int:
    """The digit with the largest of ten probabilities."""
    return max(range(len(shares)), key=lambda digit: shares[digit])


def bars_html(shares: Sequence[float]) -> str:
    """The ten probabilities: of each the digit, its bar, its share in per cent."""
    answer = best_of(shares)
    rows = "".join(
        f"""<div class="row{" best" * (digit == answer)}"><span>{digit}</span>
        <div class="track"><div class="bar" style="width:{100 * share:.1f}%"></div></div>
        <span class="share">{html.escape(sureness(share))}</span></div>"""
        for digit, share in enumerate(shares)
    )
    return f'<div class="bars">{rows}</div>'
