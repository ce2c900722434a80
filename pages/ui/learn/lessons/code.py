"""Lesson 10: the tutorial network as a program, and which of its lines change with the network.

The part that makes the network is there from the start; the loop, about which one guesses, after.
"""

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
  line-height: 1.5; background: #161616; color: #E8E8E8; }
.program.network { font-size: .9rem; min-height: 22rem; }
.program span { display: block; padding: 0 .75rem; min-height: 1.4em;
  border-left: 4px solid transparent; }
.program .changed { border-color: #56B4E9; font-weight: 700; background: #333333; }
</style>"""


@st.fragment
def show() -> None:
    """What makes the network, with the lines marked that another network changes."""
    name = st.segmented_control(
        "Hidden layers", list(NETWORKS), default="100-50", required=True, key="code-layers"
    )
    lines = program_lines(TrainingConfig(hidden_sizes=NETWORKS[name]))
    changed = sum(line.changed for line in lines)
    network, _ = network_and_loop(lines)
    st.html(STYLE + _program(network, "program network"))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download the program",
            "\n".join(line.text for line in lines) + "\n",
            "digits.py",
            "text/x-python",
            icon=":material/download:",
        )
        st.markdown(f"**{changed}** of the program's {counted(len(lines), 'line')} changed")


def reveal() -> None:
    """The loop, which no network changes, and how to run the program."""
    _, loop = network_and_loop(program_lines(TrainingConfig()))
    st.html(_program(loop, "program"))
    tool = st.segmented_control(
        "Install PyTorch, then run", list(INSTALL), default="pip", required=True, key="install"
    )
    st.code(f"{INSTALL[tool]}\npython digits.py", language="bash")


def _program(lines: list[Line], look: str) -> str:
    rows = "".join(
        f'<span class="{"changed" if line.changed else "same"}">{html.escape(line.text)}</span>'
        for line in lines
    )
    return f'<pre class="{look}">{rows}</pre>'
