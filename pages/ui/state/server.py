"""What the server keeps for everybody: its runs, its tasks and their results, the shipped networks.

The only file that touches st.cache_resource and st.cache_data. torch is imported at the first call
that needs it, never with this module: pages stand before it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import streamlit as st

from core.background import Kept, Queue, Tasks, default_max_jobs
from core.config import ConfigError, TrainingConfig
from core.machine import tuning
from core.machine.looks import Looks
from core.machine.storage import home, home_problem, why_nothing_is_kept
from core.machine.tuning import import_torch
from core.room.rooms import Rooms
from core.settings.choices import expected_images
from pages.ui.state.scripts import keep_order
from pages.ui.state.spared import spare

if TYPE_CHECKING:  # torch takes seconds to import: not before a page needs it
    from torch import nn

    from core.data import DigitDataset
    from core.pretrained import Pretrained
    from core.runs.board import JobBoard
    from core.runs.cost import Cost
    from core.runs.job import TrainingJob
    from core.runs.series.kept import SeriesStore
    from core.runs.snapshot import JobSnapshot

SHIPPED = ("default", "tutorial")
LARGE = 8  # results that are large and so few of them kept, such as maps: 40 MB for a wide network
ONE_AT_A_TIME = threading.Lock()  # for what must not be made twice at once

spare()
keep_order()
tuning.collect_now_and_then()


@st.cache_resource(show_spinner=False)
def queue() -> Queue:
    """The one queue of this server: whatever computes for long takes its turn in it."""
    return Queue(1 if settings_problem() else default_max_jobs())


@st.cache_resource(show_spinner=False)
def tasks() -> Tasks:
    """Exams, sweeps, measurements: done once for everybody, and remembered."""
    return Tasks(queue())


@st.cache_resource(show_spinner=False)
def large_tasks() -> Tasks:
    """The same for what is large: of these few are remembered."""
    return Tasks(queue(), LARGE)


@st.cache_resource(show_spinner=False)
def kept() -> Kept:
    """What takes less than a second to work out, and is asked for again and again."""
    return Kept()


@st.cache_resource(show_spinner=False)
def looks() -> Looks:
    """How often pages look again at what goes on."""
    return Looks()


@st.cache_resource(show_spinner=False)
def rooms() -> Rooms:
    """The rooms that are open on this server."""
    return Rooms()


@st.cache_resource(show_spinner=False)
def taught() -> Kept:
    """Networks that went on learning from people here, by their key: see networks.py."""
    return Kept(LARGE)


@st.cache_resource(show_spinner=False)
def offered_rooms() -> Kept:
    """The drawings of rooms that somebody could choose to learn from, by the dataset's name."""
    return Kept()


@st.cache_resource(show_spinner=False)
def board() -> JobBoard:
    """The one board of runs of this server."""
    import_torch()
    from core.data import DatasetShelf
    from core.runs.board import JobBoard

    return JobBoard(DatasetShelf(room_dataset), queue=queue())


def room_dataset(name: str) -> DigitDataset:
    """The digits of a room as a dataset. Raises DataUnavailable where nobody kept them."""
    from core.data import DataUnavailable
    from core.room.dataset import dataset_of
    from core.room.saved import find

    if drawn := offered_rooms().get(name) or find(name):
        return dataset_of(drawn)
    raise DataUnavailable("The room where these digits were written is closed. It was not saved.")


@st.cache_resource(show_spinner=False)
def series() -> SeriesStore:
    """The repeats and sweeps that are kept."""
    from core.runs.series.kept import SeriesStore

    return SeriesStore()


@st.cache_resource(show_spinner=False)
def exhibit_board() -> JobBoard:
    """The runs of an exhibit: in the same queue, on the same digits, but kept nowhere."""
    shelf = board().shelf  # imports torch
    from core.runs.board import JobBoard
    from core.runs.kept.nowhere import Nowhere

    return JobBoard(shelf, Nowhere(), queue())


def server_problem() -> str:
    """What every visitor should know of this server, in words: settings that cannot be used, a
    folder that cannot be written."""
    return " ".join(filter(None, (settings_problem(), home_problem(), folder_problem(str(home())))))


def settings_problem() -> str:
    """What is wrong with the settings of the server; until it is put right, one run at a time
    computes."""
    try:
        default_max_jobs()
    except ConfigError as problem:
        return f"{problem} Until this is put right, one run at a time computes here."
    return ""


@st.cache_data(show_spinner=False, ttl=60)
def folder_problem(folder: str) -> str:
    """Why nothing is kept in the app's folder, if so; asked again every minute."""
    reason = why_nothing_is_kept()
    return reason and f"{reason} Runs are lost when it is stopped."


def has_board() -> bool:
    """Whether all that runs need is imported, torch too."""
    return "core.runs.board" in sys.modules


def in_memory(dataset: str) -> bool:
    """Whether a dataset is in the server's memory."""
    return has_board() and board().shelf.ready(dataset)


@st.cache_resource(show_spinner=False)
def shipped(name: str) -> Pretrained:
    """A network that comes with the app. Raises PretrainedError."""
    import_torch()
    from core import pretrained

    return pretrained.load(name)


@st.cache_data(show_spinner=False, max_entries=256)
def cost_of(config: TrainingConfig) -> Cost:
    """What a network costs; timed once for each setting."""
    import_torch()
    from core.runs.cost import cost

    return cost(config, expected_images(config.dataset, config.training_images))


def snapshot(run_id: str) -> JobSnapshot:
    """A run as it stands, from memory or from disk. Raises RunError when it is in neither."""
    from core.runs.snapshot import snapshot_of

    if job := board().get(run_id):
        return job.snapshot()
    saved = board().store
    return kept().get_or_make(("saved run", run_id), lambda: snapshot_of(saved.load(run_id)))


def forget_saved(run_id: str) -> None:
    """Read a run anew from disk when it is next asked for: it has changed there."""
    kept().forget(("saved run", run_id))


def network_at(run_id: str, iteration: int) -> nn.Module:
    """The network of a run as it was after an iteration. Raises RunError if it is forgotten."""
    from core.runs.kept.run import RunError, with_weights

    job = board().get(run_id)
    for moment in job.memory.moments() if job else ():
        if moment.iteration == iteration:
            return with_weights(job.config, moment.weights)
    raise RunError("The server no longer remembers that moment of the run. Train it again.")


def seen_by(owners: list[str], runs: list[str]) -> None:
    """A visitor is there, on whatever page."""
    if has_board():
        board().seen_by(owners, runs)


def lesson_digits(on_share: Callable[[float], None] = lambda share: None) -> DigitDataset:
    """The few thousand digits of the lessons. `on_share` hears how much of them is made."""
    datasets = board().shelf
    from core.lessons.digits import lesson_digits as make

    with ONE_AT_A_TIME:
        return kept().get_or_make("lesson digits", lambda: make(datasets, on_share))


def inside_digits(network_key: str) -> DigitDataset:
    """Real digits to look into a network with: those it learned from, where they are in memory.

    Otherwise, and for the shipped networks, the digits of the lessons, which are never downloaded.
    """
    from core.lessons.digits import small_share
    from core.runs.kept.store import RunError

    shelf, name = board().shelf, "mnist"
    if network_key not in SHIPPED:
        with suppress(RunError):  # its settings may be gone while it is still in memory
            name = snapshot(network_key.partition("@")[0]).config.dataset
    return small_share(shelf.get(name)) if shelf.ready(name) else lesson_digits()


def go_on(run_id: str) -> TrainingJob:
    """Go on with a run that was cut off. Raises RunError and Refused."""
    job = board().go_on(run_id)
    forget_saved(run_id)
    return job


def warm_up() -> None:
    """Get ready in the background, once, what the first drawing needs."""
    tuning.warm_up(_import_what_reads)


def _import_what_reads() -> None:
    import core.drawing
    import core.evaluation
    import core.pretrained  # noqa: F401
