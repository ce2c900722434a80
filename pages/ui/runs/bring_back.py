"""What was taken home is brought back: a box for a run, a network or settings, or why not.

What a file has to be is decided in core/runs/taken_home/brought_back.py.
"""

from __future__ import annotations

import streamlit as st

from core.config import TrainingConfig
from core.machine.storage import MEGABYTE
from core.runs.kept.run import RunError
from core.runs.taken_home.brought_back import LARGEST, brought_back
from pages.ui import shell
from pages.ui.state import owner, server
from pages.ui.state.address import start_afresh
from pages.ui.state.visit import visit, widget_value
from pages.ui.words.numbers import unmarked

KINDS = ["zip", "safetensors", "json"]


def offer_bring_back() -> None:
    """A quiet button that holds the box."""
    here = visit().looked_at
    if here.to_train:
        here.to_train = False
        shell.go("train")
    place = f"bring-back-{here.uploads}"
    with st.popover("Bring one back", icon=":material/upload:", key=place):
        key = f"run-upload-{here.uploads}"
        st.file_uploader(
            "A run (.zip), a network (.safetensors) or settings (.json)",
            type=KINDS,
            max_upload_size=LARGEST // MEGABYTE,
            key=key,
            on_change=take_in,
            args=(key,),
        )
        if here.upload_problem:
            st.error(unmarked(here.upload_problem), icon=":material/error:")


def take_in(key: str) -> None:
    """Keep what was uploaded as a run of this visitor, and look at it; take settings to Train; or
    remember why neither can be."""
    here, file = visit().looked_at, widget_value(key)
    here.upload_problem = ""
    if file is None:
        return
    try:
        found = brought_back(file.getvalue(), owner.in_use())
        if isinstance(found, TrainingConfig):
            start_afresh(found)
            here.to_train = True
        else:
            server.board().store.save(found)
            here.chosen = [found.id]
    except RunError as problem:
        here.upload_problem = str(problem)
        return
    here.uploads += 1  # another box, which is empty and closed
