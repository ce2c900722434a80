"""From the drawing or picture to what the network sees, step by step."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from pages.ui.widgets.digits.pictures import picture

if TYPE_CHECKING:
    from core.drawing import Prepared

NONE_YET = 5  # dark tiles where nothing was given: what comes has its place
STYLE = """<style>
.stages { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1rem; }
@media (max-width: 640px) { .stages { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
.stages figure { margin: 0; }
.stages img, .stages i { width: 100%; aspect-ratio: 1; object-fit: contain; display: block;
  background: #161616; image-rendering: pixelated; border-radius: 6px;
  box-shadow: 0 0 0 1px rgba(128, 128, 128, 0.45); }
.stages i { background: none; box-shadow: none; box-sizing: border-box;
  border: 1px dashed rgba(128, 128, 128, 0.45); }
.stages figcaption { font-size: 0.85rem; line-height: 1.35; margin-top: 0.35rem;
  min-height: 2.7em; }
</style>"""


def show_stages(digits: Sequence[Prepared]) -> None:
    """Every step from the drawing or picture to what the network sees, digit by digit."""
    if len(digits) <= 1:
        st.html(STYLE + (steps_html(digits[0]) if digits else empty_html()))
        return
    names = [f"Digit {number}" for number in range(1, len(digits) + 1)]
    for digit, tab in zip(digits, st.tabs(names), strict=True):
        with tab:
            st.html(STYLE + steps_html(digit))


def steps_html(prepared: Prepared) -> str:
    """Every step of one digit; why it is there is said when one points at it, and read aloud."""
    figures = "".join(
        f"""<figure title="{html.escape(stage.reason)}"><img src="{picture(stage.image)}"
        alt="{html.escape(stage.reason)}">
        <figcaption>{number} · {html.escape(stage.title)}</figcaption></figure>"""
        for number, stage in enumerate(prepared.stages, start=1)
    )
    return f'<div class="stages">{figures}</div>'


def empty_html() -> str:
    """The room for the steps."""
    figures = "<figure><i></i><figcaption></figcaption></figure>" * NONE_YET
    return f'<div class="stages" aria-hidden="true">{figures}</div>'
