"""Lesson 10: the tutorial network as a program, its lines with plain words beside them.

What makes the network is there from the start; the loop, about which one guesses, comes after.
"""

from __future__ import annotations

import html
import re

import streamlit as st

from core.config import TrainingConfig
from core.lessons.program import Line, layers_and_loop, program_lines
from pages.ui.widgets.recorded_batch import STEPS
from pages.ui.words.numbers import counted

NETWORKS = {"100-50": (100, 50), "100-50-25": (100, 50, 25), "32": (32,), "None": ()}
# What a line does, by what stands in it.
WORDS = {
    r"nn\.Flatten": "784 pixels in one row",
    r"nn\.Linear\((\d+), 10\)": r"\1 in, 10 answers out",
    r"nn\.Linear\((\d+), (\d+)\)": r"\1 in, \2 units",
    r"nn\.ReLU": "below zero: silent",
    r"for epoch": STEPS["epochs"][0],
    r"for chosen": STEPS["batch"][0],
    r"batch = ": "As numbers from 0 to 1",
    r"= model\(": STEPS["forward"][0],
    r"zero_grad": STEPS["zero_grad"][0],
    r"loss_function\(": STEPS["loss"][0],
    r"backward": STEPS["backward"][0],
    r"optimizer\.step": STEPS["step"][0],
    r"losses\.append": STEPS["yield"][0],
    r"pip install": "Get PyTorch",
    r"python digits": "Run the program",
}

STYLE = """<style>
.program { padding: .5rem 0; border-radius: 8px; background: #161616; color: #E8E8E8; }
.program div { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); gap: 0 1rem;
  padding: .5rem .75rem; border-left: 4px solid transparent; align-items: center; }
.program code { color: inherit; background: none; padding: 0; white-space: pre-wrap;
  font-size: .9rem; }
.program .changed { border-color: #56B4E9; font-weight: 700; background: #333333; }
@media (max-width: 640px) { .program div { grid-template-columns: minmax(0, 1fr); }
  .program code { font-size: .75rem; } }
</style>"""


@st.fragment
def show() -> None:
    """The layers of the network, with the lines marked that another network changes."""
    name = st.segmented_control(
        "Hidden layers", list(NETWORKS), default="100-50", required=True, key="code-layers"
    )
    lines = program_lines(TrainingConfig(hidden_sizes=NETWORKS[name]))
    changed = sum(line.changed for line in lines)
    layers, _ = layers_and_loop(lines)
    _show([Line(line.text.strip(), line.changed) for line in layers])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download the program",
            "\n".join(line.text for line in lines) + "\n",
            "digits.py",
            "text/x-python",
            icon=":material/download:",
        )
        all_lines = counted(len(lines), "line")
        st.markdown(f"**{changed}** of {all_lines} changed" if changed else f"{all_lines} in all")


def reveal() -> None:
    """The loop, which no network changes, and how to run the program."""
    _, loop = layers_and_loop(program_lines(TrainingConfig()))
    commands = [Line(text, False) for text in ("pip install torch torchvision", "python digits.py")]
    _show([line for line in loop if _words(line)] + commands)


def _show(lines: list[Line]) -> None:
    rows = "".join(
        f'<div class="{"changed" if line.changed else "same"}">'
        f"<code>{html.escape(line.text.partition('  #')[0])}</code>{_words(line)}</div>"
        for line in lines
    )
    st.html(f'{STYLE}<div class="program">{rows}</div>')


def _words(line: Line) -> str:
    """What a line of the program does; nothing where that needs no words."""
    for pattern, words in WORDS.items():
        if found := re.search(pattern, line.text):
            return found.expand(words)
    return ""
