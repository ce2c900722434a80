"""A closer look at a run: one of its batches, or a digit that it is asked.

Before a run, the batch is the one that it would begin with. What shows all this is imported when it
is asked for: it needs torch, which takes seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.machine.tuning import import_torch
from pages.ui.state import server
from pages.ui.state.address import current_run_id, settings
from pages.ui.state.networks import current_job
from pages.ui.state.visit import visit, widget_exists
from pages.ui.widgets.choosing.dataset_picker import is_at_hand, load
from pages.ui.widgets.recorded_batch import show_batch
from pages.ui.words.numbers import unmarked

if TYPE_CHECKING:
    from torch import nn

    from core.runs.job import TrainingJob
    from core.runs.snapshot import JobSnapshot

LOOKS = {
    "batch": "One batch under the microscope",
    "probe": "Your digit while it learns",
}


def look_closer(every: float | None) -> None:
    """Let the visitor choose what to look at; `every`: seconds between looks at a run going on."""
    job = current_job()
    before = visit().train.closer_look
    chosen = visit().train.closer_look = st.segmented_control(
        "Look closer",
        LOOKS,
        format_func=LOOKS.get,
        default=None if widget_exists("look") else before,
        key="look",
    )
    if chosen:
        show_look(chosen, job, every)


def show_look(look: str, job: TrainingJob | None, every: float | None) -> None:
    """One of LOOKS."""
    import_torch()
    match look:
        case "batch" if job and (job.memory.record or not job.over):
            st.fragment(show_newest_batch, run_every=every)(job)
        case "batch":
            show_one_more_batch(job)
        case "probe":
            from pages.ui.train.probe_digit import choose_probe

            st.fragment(choose_probe)(job, every)


def show_newest_batch(job: TrainingJob) -> None:
    """The newest batch that was recorded, step by step, or how to get one."""
    record, seen = job.memory.record, job.snapshot()
    if record is None:
        way = "One step" if seen.state.still else "Pause"
        st.info(f"This batch was not recorded. Press **{way}**.", icon=":material/info:")
    else:
        show_batch(record, seen)


def show_one_more_batch(job: TrainingJob | None) -> None:
    """A batch for a network that stands still: the first one, or one more on a copy of it."""
    from core.config import ConfigError
    from core.runs.microscope.stepper import Stepper
    from core.trainer import TrainingDiverged

    seen = server.snapshot(run_id) if (run_id := current_run_id()) else None
    config = seen.config if seen else settings()
    if config.dataset == "mnist" and not is_at_hand("mnist"):
        st.caption("MNIST is not on this server yet: a batch of built-in handwriting in its place.")
        config = config.changed(dataset="generated")
    dataset = load(server.board().shelf, config.dataset)
    if dataset is None:
        return
    losses = seen.losses.tolist() if seen else []
    try:
        stepper = Stepper(dataset, config, copy_of(job, seen), losses)
        stepper.step()
    except (ConfigError, TrainingDiverged) as problem:
        st.info(unmarked(str(problem)), icon=":material/info:")
        return
    st.caption("One batch more, with a copy of the network." if losses else "The first batch.")
    show_batch(stepper.record, stepper)


def copy_of(job: TrainingJob | None, seen: JobSnapshot | None) -> nn.Module | None:
    """A network that may be trained further; None where there is none yet."""
    if job:
        return job.network()
    return server.board().store.network(seen.id) if seen else None
