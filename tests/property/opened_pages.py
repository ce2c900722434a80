"""Pages that are opened with any link while the app's folder holds a damaged run.

Slow beside the engine's cases: a page takes a quarter of a second. Only tests.benchmarks.fuzz
tries them.
"""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st
from hypothesis import strategies

from core.runs.kept.run import RunError
from pages.ui import shell
from pages.ui.state import server
from tests.pages.app import open_page
from tests.property import links, runs
from tests.property.trying import Kind

Case = tuple[str, dict[str, str], runs.Parts]


def check(case: Case) -> bool:
    """Whether the run in the folder can be read. Raises AssertionError where the page broke."""
    name, link, parts = case
    st.cache_resource.clear()  # a server that has just been started
    folder = Path(os.environ["DIGITLAB_HOME"]) / "runs" / runs.RUN.id
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in parts.items():
        (folder / file).write_bytes(content)
    page = open_page(name, **{key: sendable(value) for key, value in link.items()})
    assert not page.exception, page.exception[0].message
    try:
        return bool(server.board().store.summary(runs.RUN.id))
    except RunError:
        return False


def sendable(text: str) -> str:
    """Without halves of letters, which no browser puts into an address."""
    return text.encode(errors="replace").decode()


pages = strategies.sampled_from((*shell.PAGES, "runs", "train", "exam", "predict"))
addresses = strategies.one_of(
    links.cases, links.cases.map(lambda link: link | {"run": runs.RUN.id})
)
PAGES = Kind(strategies.tuples(pages, addresses, runs.damaged(runs.FOLDER)), check)
