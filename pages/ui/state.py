"""What lasts: things the server keeps for everybody, and what it remembers of one visitor.

The only file that touches st.session_state, st.cache_resource and the address of the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:  # torch takes seconds to import: not before a page needs it
    from torch import nn

    from core.jobs import JobBoard, JobSnapshot, TrainingJob
    from core.pretrained import Pretrained

RUN = "run"  # the name of the run's id in the address
SHIPPED = ("default", "tutorial")


@st.cache_resource(show_spinner=False)
def board() -> JobBoard:
    """The one board of jobs of this server."""
    import torch

    from core.jobs import JobBoard

    torch.set_num_threads(1)  # pages only look at single digits: leave the cores to the jobs
    return JobBoard()


@st.cache_resource(show_spinner=False)
def shipped(name: str) -> Pretrained:
    """A network that comes with the app. Raises PretrainedError."""
    from core import pretrained

    return pretrained.load(name)


def recall(key: str, default: Any = None) -> Any:
    """What `keep` kept for this visitor under this key."""
    return st.session_state.get(f"kept-{key}", default)


def keep(key: str, value: Any) -> None:
    """Remember something for this visitor, on every page, until the browser tab is closed."""
    st.session_state[f"kept-{key}"] = value


def widget_exists(key: str) -> bool:
    """Whether the widget with this key was on the page in the last run of the script."""
    return key in st.session_state


def address() -> dict[str, str]:
    """What the address of every page carries: the visitor's run, if there is one."""
    run_id = current_run_id()
    return {RUN: run_id} if run_id else {}


def current_run_id() -> str | None:
    """The run that this visitor follows: the one in the address, else the newest of the visit."""
    run_id = st.query_params.get(RUN)
    if run_id and run_id not in run_ids():
        keep("runs", [*run_ids(), run_id])
    if not run_id and run_ids() and not recall("run-left"):
        run_id = run_ids()[-1]
        st.query_params[RUN] = run_id
    return run_id


def run_ids() -> list[str]:
    """The runs that this visitor started or opened, oldest first."""
    return recall("runs", [])


def follow_run(run_id: str) -> None:
    """Make this the visitor's run: in the address, and on every page."""
    keep("runs", [*(each for each in run_ids() if each != run_id), run_id])
    keep("run-left", False)
    st.query_params[RUN] = run_id


def leave_run() -> None:
    """Go back to a fresh start; the run itself is kept."""
    keep("run-left", True)
    st.query_params.pop(RUN, None)


def current_job() -> TrainingJob | None:
    """The visitor's run, if it is still in the server's memory."""
    run_id = current_run_id()
    return board().get(run_id) if run_id else None


def snapshot(run_id: str) -> JobSnapshot:
    """A run as it stands, from memory or from disk. Raises RunError when it is in neither."""
    from core.jobs import snapshot_of

    job = board().get(run_id)
    return job.snapshot() if job else snapshot_of(board().store.load(run_id))


@dataclass(frozen=True)
class Network:
    """A network that can answer: what to call it, and how to get it."""

    key: str
    label: str
    get: Callable[[], nn.Module]


def networks() -> list[Network]:
    """The networks that this visitor can ask, the one to ask first at the top.

    That is the newest finished run; then runs that stand still or go on; then the shipped ones.
    """
    finished, others = [], []
    for run_id in reversed(run_ids()):
        found = _network_of_run(run_id)
        if found:
            is_finished, network = found
            (finished if is_finished else others).append(network)
    labels = {"default": "the network that ships with the app", "tutorial": "the tutorial network"}
    ready = [Network(name, labels[name], lambda name=name: shipped(name).model) for name in SHIPPED]
    return finished + ready[:1] + others + ready[1:]


def _network_of_run(run_id: str) -> tuple[bool, Network] | None:
    from core.jobs import JobState
    from core.runs import RunError

    try:
        seen = snapshot(run_id)
    except RunError:
        return None
    if not seen.iteration or seen.state is JobState.FAILED:
        return None
    job = board().get(run_id)
    score = f", {seen.test.accuracy:.1%} on the test set" if seen.test else ""
    label = f"your run {run_id[:4]} ({seen.state}, {seen.iteration:,} batches{score})"
    get = job.network if job else board().store.load(run_id).model
    return seen.state is JobState.FINISHED, Network(run_id, label, get)
