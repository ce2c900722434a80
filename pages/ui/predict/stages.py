"""From the drawing or picture to what the network sees, step by step.

Until something is drawn, the steps of a recorded digit stand there, paler; where a picture is
awaited, empty tiles.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from core.demonstration import recording
from pages.ui.widgets.digits.pictures import picture

if TYPE_CHECKING:
    from core.drawing import Prepared, Stage

STYLE = """<style>
.stages { display: grid; grid-auto-columns: minmax(0, 1fr); grid-auto-flow: column; gap: 1rem; }
@media (max-width: 640px) {
  .stages { grid-template-columns: repeat(3, minmax(0, 1fr)); grid-auto-flow: row; } }
.stages figure { margin: 0; }
.stages img, .stages div { width: 100%; aspect-ratio: 1; object-fit: contain; display: block;
  background: #161616; image-rendering: pixelated; border-radius: var(--tile-radius);
  box-shadow: var(--tile-frame); }
.stages.pale img { filter: brightness(0.42); } /* paler than ink of one's own */
.stages figcaption { font-size: 0.85rem; line-height: 1.35; margin-top: 0.35rem;
  min-height: 2.7em; }
</style>"""
EMPTY = f'<div class="stages">{"<figure><div></div><figcaption></figcaption></figure>" * 5}</div>'


def show_stages(digits: Sequence[Prepared], is_drawn: bool) -> None:
    """Every step from the drawing or picture to what the network sees, digit by digit."""
    if not digits:
        st.html(STYLE + (steps_html(recording.load().steps, pale=True) if is_drawn else EMPTY))
        return
    if len(digits) == 1:
        st.html(STYLE + steps_html(digits[0].stages))
        return
    names = [f"Digit {number}" for number in range(1, len(digits) + 1)]
    for digit, tab in zip(digits, st.tabs(names), strict=True):
        with tab:
            st.html(STYLE + steps_html(digit.stages))


def steps_html(stages: Sequence[Stage], pale: bool = False) -> str:
    """Every step of one digit; why it is there is said when one points at it, and read aloud.

    pale: it is an example."""
    figures = "".join(
        f"""<figure title="{html.escape(stage.reason)}"><img src="{picture(stage.image)}"
        alt="{html.escape(stage.reason)}">
        <figcaption>{number} · {html.escape(stage.title)}</figcaption></figure>"""
        for number, stage in enumerate(stages, start=1)
    )
    return f'<div class="stages{" pale" * pale}">{figures}</div>'
