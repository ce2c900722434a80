"""What of Train is shown late, and is imported only then: it needs torch, which takes seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.config import TrainingConfig
from core.machine.tuning import import_torch

if TYPE_CHECKING:
    from core.runs.job import TrainingJob


def show_run(run_id: str) -> None:
    """The run that the visitor follows."""
    import_torch()
    from pages.ui.train.watch import show_run

    show_run(run_id)


def show_cost(config: TrainingConfig) -> None:
    """What the network will cost."""
    with st.spinner("Timing a few small batches …"):
        import_torch()
        from pages.ui.train.cost import show_cost

        show_cost(config)


def show_closer_look(look: str, job: TrainingJob | None, every: float | None) -> None:
    """One of closer_look.LOOKS. every: seconds between two looks at a run that goes on."""
    import_torch()
    match look:
        case "batch":
            from pages.ui.train.newest_batch import show_newest_batch

            st.fragment(show_newest_batch, run_every=every)(job)
        case "back":
            from pages.ui.train.going_back import show_the_way_back

            st.fragment(show_the_way_back)(job)
        case "probe":
            from pages.ui.train.probe_digit import choose_probe, show_answers

            st.fragment(choose_probe)(job)
            if job:
                st.fragment(show_answers, run_every=every)(job)
