"""Lesson 10: the tutorial network as a script that runs without this app."""

from __future__ import annotations

import streamlit as st

from core.config import TrainingConfig
from core.runs.export import script

INSTALL = {
    "pip": "pip install torch torchvision",
    "conda": "conda install -c conda-forge pytorch torchvision",
}


@st.fragment
def show() -> None:
    """How to install PyTorch, the script, and a button to take it along."""
    tool = st.segmented_control(
        "Install PyTorch with", list(INSTALL), default="pip", required=True, key="install"
    )
    st.code(INSTALL[tool], language="bash")
    epochs = st.slider("Epochs in the program", 1, 10, TrainingConfig().epochs)
    code = script(TrainingConfig(epochs=epochs))
    st.download_button(
        "Download the program", code, "digits.py", "text/x-python", icon=":material/download:"
    )
    st.code("python digits.py", language="bash")
    st.code(code, language="python", line_numbers=True, height=420)
