"""The way through the pages: what to do, in the order in which it makes sense."""

from __future__ import annotations

import streamlit as st

from pages.ui import shell

WAY = (  # words, icon, key of shell.PAGES
    ("Look at the data", ":material/grid_view:", "data"),
    ("Build", ":material/construction:", "train"),
    ("Train", ":material/model_training:", "train"),
    ("Examine", ":material/quiz:", "exam"),
    ("Look inside", ":material/frame_inspect:", "inside"),
    ("Draw", ":material/draw:", "predict"),
)


def show_way() -> None:
    """The way as a picture, every step a link; then the pages, each with what it is for."""
    with st.container(horizontal=True, gap="xxsmall", vertical_alignment="center", key="way"):
        for number, (words, icon, name) in enumerate(WAY):
            if number:
                st.markdown(":material/arrow_forward:", width="content")
            shell.link(shell.PAGES[name], words, icon)
    for name, page in shell.PAGES.items():
        if name != "home":
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                with st.container(width=110):
                    shell.link(page, f"**{page.label}**", page.icon)
                st.caption(page.purpose, width="stretch")
