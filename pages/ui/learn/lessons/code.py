"""Lesson 10: the tutorial network as a program, and which of its lines change with the network."""

from __future__ import annotations

import html

import streamlit as st

from core.config import TrainingConfig
from core.lessons.program import Line, network_and_loop, program_lines
from pages.ui.words.numbers import counted

NETWORKS = {"100-50": (100, 50), "100-50-25": (100, 50, 25), "32": (32,), "none": ()}
INSTALL = {
    "pip": "pip install torch torchvision",
    "conda": "conda install -c conda-forge pytorch torchvision",
}

STYLE = """<style>
.program { margin: 0; padding: .5rem 0; overflow-x: auto; border-radius: 8px; font-size: .78rem;
  line-height: 1.4; background: rgba(128, 128, 128, .12); min-height: 26rem; }
.program span { display: block; padding: 0 .75rem; min-height: 1.4em;
  border-left: 4px solid transparent; }
.program .changed { border-color: var(--st-primary-color, #0072B2); font-weight: 700;
  background: rgba(128, 128, 128, .25); }
</style>"""


@st.fragment
def show() -> None:
    """The heart of the program, with the lines marked that other settings change."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    name = left.segmented_control(
        "Hidden layers", list(NETWORKS), default="100-50", required=True, key="code-layers"
    )
    epochs = right.slider("Epochs", 1, 10, TrainingConfig().epochs)
    lines = program_lines(TrainingConfig(hidden_sizes=NETWORKS[name], epochs=epochs))
    changed = sum(line.changed for line in lines)
    st.html(STYLE + _program(network_and_loop(lines)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download the program",
            "\n".join(line.text for line in lines) + "\n",
            "digits.py",
            "text/x-python",
            icon=":material/download:",
        )
        st.markdown(f"**{changed}** of {counted(len(lines), 'line')} changed")


def reveal() -> None:
    """How to run it."""
    tool = st.segmented_control(
        "Install PyTorch, then run", list(INSTALL), default="pip", required=True, key="install"
    )
    st.code(f"{INSTALL[tool]}\npython digits.py", language="bash")


def _program(lines: list[Line]) -> str:
    rows = "".join(
        f'<span class="{"changed" if line.changed else "same"}">{html.escape(line.text)}</span>'
        for line in lines
    )
    return f'<pre class="program">{rows}</pre>'
