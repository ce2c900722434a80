"""The network of a run at work, beside its chart: its first weights, and a wall of digits it reads.

How it is drawn is in pages/ui/frontend/at_work.js, which gets at most 20 KB a look. The pictures of
the digits come apart from it, once: they do not change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from core.config import TrainingConfig
from pages.ui.state import server
from pages.ui.widgets.live_plot import FRONTEND, served
from pages.ui.widgets.pictures import picture

if TYPE_CHECKING:  # an empty frame needs no torch
    from torch import nn

    from core.data import Digits
    from core.runs.snapshot import JobSnapshot

KEY = "at-work"
SCRIPT = FRONTEND / "at_work.js"

# Streamlit sends this text again with every look, so it only fetches the real script, once.
LOADER = """
const own = document.querySelector('script[src*="static/js/"]');
const root = own ? own.src.split("static/js/")[0] : document.baseURI;
export default async (component) =>
  (await import(new URL(component.data.script, root))).default(component);
"""

_component = st.components.v2.component("digitlab_at_work", js=LOADER)


def show_at_work(seen: dict[str, Any] | None) -> None:
    """Draw what `look` handed over; None: an empty frame."""
    script = f"{served(FRONTEND, 'frontend')}/{SCRIPT.name}?{SCRIPT.stat().st_mtime_ns}"
    _component(key=KEY, data={"script": script, "sheet": f"{KEY}-sheet", "look": seen})


def look(run_id: str) -> tuple[JobSnapshot, dict[str, Any] | None]:
    """How a run stands, and its network at the same moment; None before the network is built.

    Raises RunError where there is no such run.
    """
    if job := server.board().get(run_id):
        seen, model = job.look()
        return seen, then_and_now(seen, model) if model else None
    seen = server.snapshot(run_id)
    return seen, then_and_now(seen, server.board().store.load(run_id).model())


def then_and_now(seen: JobSnapshot, model: nn.Module) -> dict[str, Any]:
    """The network, and what it said to the wall before its first batch."""
    from core.runs.at_work import at_work, before_learning

    config = seen.config
    wall = wall_of(config.dataset)
    first = server.kept().get_or_make(
        ("before learning", config, len(wall)), lambda: before_learning(config, wall).to_dict()
    )
    return at_work(model, wall).to_dict() | {
        "iteration": seen.iteration,
        "then": first["shares"],
        "kind": "filter" if config.architecture == "conv" else "unit",
    }


def wall_of(dataset: str) -> Digits:
    """The digits of the wall; none where the dataset is not in the server's memory."""
    from core.runs.at_work import NO_DIGITS, wall_digits

    if not server.in_memory(dataset):
        return NO_DIGITS
    return server.kept().get_or_make(
        ("wall", dataset), lambda: wall_digits(server.board().shelf.get(dataset).validation)
    )


def show_sheet(config: TrainingConfig) -> None:
    """The pictures of the wall, for the script: outside of what is looked at again and again."""
    wall = wall_of(config.dataset)
    if not len(wall):
        return
    sheet = server.kept().get_or_make(
        ("wall sheet", config.dataset), lambda: picture(wall.images.numpy().reshape(-1, 28))
    )
    st.html(f'<img id="{KEY}-sheet" src="{sheet}" alt="" hidden>')
