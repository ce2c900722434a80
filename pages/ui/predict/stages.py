"""From the drawing or picture to what the network sees, step by step."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from pages.ui.widgets.pictures import picture

if TYPE_CHECKING:
    from core.drawing import Prepared

STYLE = """<style>
.stages { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: 1rem; }
.stages figure { margin: 0; }
.stages img { width: 100%; max-width: 11rem; aspect-ratio: 1; object-fit: contain; display: block;
  background: #000; image-rendering: pixelated; border-radius: 6px; }
.stages figcaption { font-size: 0.85rem; margin-top: 0.35rem; }
</style>"""


def show_stages(digits: Sequence[Prepared]) -> None:
    """Every step from the drawing or picture to what the network sees, digit by digit."""
    if len(digits) == 1:
        show_steps(digits[0])
        return
    names = [f"Digit {number}" for number in range(1, len(digits) + 1)]
    for digit, tab in zip(digits, st.tabs(names), strict=True):
        with tab:
            show_steps(digit)


def show_steps(prepared: Prepared) -> None:
    """Every step of one digit, and why it is there."""
    figures = "".join(
        f"""<figure><img src="{picture(stage.image)}" alt="{html.escape(stage.title)}">
        <figcaption><b>{number} · {html.escape(stage.title)}</b><br>{html.escape(stage.reason)}
        </figcaption></figure>"""
        for number, stage in enumerate(prepared.stages, start=1)
    )
    st.html(f'{STYLE}<div class="stages">{figures}</div>')
