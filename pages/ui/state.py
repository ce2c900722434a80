"""What lasts: things the server keeps for everybody, and what it remembers of one visitor.

The only file that touches st.session_state, st.cache_resource and the address of the page.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from core.config import ConfigError, TrainingConfig
from core.runs.queue import default_max_jobs
from pages.ui.words.numbers import percent, unmarked

if TYPE_CHECKING:  # torch takes seconds to import: not before a page needs it
    from torch import nn

    from core.data import DigitDataset, Digits
    from core.evaluation import Evaluation
    from core.exam.sitting import Results
    from core.pretrained import Pretrained
    from core.runs.cost import Cost
    from core.runs.job import JobBoard, JobSnapshot, TrainingJob
    from core.runs.measuring import Measurement

Found = TypeVar("Found")
RUN = "run"  # the name of the run's id in the address
LESSON = "lesson"  # and of the lesson's number
SHIPPED = ("default", "tutorial")
HEAD_START = 0.6  # seconds that a browser has to draw what is there before torch is imported
FIRST_LOOK = 0.2  # seconds that it has on a visit's first page, whose parts it has yet to fetch
SETTING_NAMES = [each.name for each in fields(TrainingConfig)]


def let_the_page_appear() -> None:
    """Call it before the slow rest of a page: what stands already is drawn first.

    The first visitor of a server waits longest, for torch has to be imported: that hinders the
    server for seconds in handing out the page. Every other visit waits a moment, once, or the parts
    of the rest would be fetched among those of the page, which then stands later; the rest comes
    no later for it. Measured by tests/benchmarks/pages.py.
    """
    if "torch" not in sys.modules:
        time.sleep(HEAD_START)
    elif not recall("looked"):
        time.sleep(FIRST_LOOK)
    keep("looked", True)


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Get ready in the background, once, what the first drawing needs: importing takes seconds."""

    def get_ready() -> None:
        time.sleep(HEAD_START)
        _import_torch()
        import core.drawing
        import core.evaluation
        import core.pretrained  # noqa: F401

    threading.Thread(target=get_ready, name="warm-up", daemon=True).start()


@st.cache_resource(show_spinner=False)
def _prepare_torch() -> None:
    """What torch needs to share a server with many visitors; done once."""
    _import_torch()


def _import_torch() -> None:
    gc.disable()  # a tenth faster: there is no garbage in it
    try:
        import torch
    finally:
        gc.enable()
    # Small networks gain nothing from several threads, and lose much when others compute too.
    torch.set_num_threads(1)
    _spare_collector()


def _spare_collector() -> None:
    """Keep the garbage collector from looking, again and again, at what is here to stay.

    Streamlit collects garbage after every run of a script. The several hundred thousand objects
    that torch keeps for ever made that stop all trainings for a tenth of a second, each time.
    """
    gc.unfreeze()  # what was kept so far may be garbage by now, such as pages of visitors who left
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False)
def board() -> JobBoard:
    """The one board of jobs of this server."""
    _prepare_torch()
    from core.runs.job import JobBoard

    return JobBoard(max_jobs=1 if server_problem() else None)


def server_problem() -> str:
    """What is wrong with the settings of the server, in words; until it is put right, one run at a
    time computes."""
    try:
        default_max_jobs()
    except ConfigError as problem:
        return f"{problem} Until this is put right, one run at a time computes here."
    return ""


def in_memory(dataset: str) -> bool:
    """Whether a dataset is in the server's memory; told without importing torch for it."""
    return "core.runs.job" in sys.modules and board().shelf.ready(dataset)


@st.cache_resource(show_spinner=False)
def shipped(name: str) -> Pretrained:
    """A network that comes with the app. Raises PretrainedError."""
    _prepare_torch()
    from core import pretrained

    return pretrained.load(name)


def recall(key: str, default: Any = None) -> Any:
    """What `keep` kept for this visitor under this key."""
    return st.session_state.get(f"kept-{key}", default)


def keep(key: str, value: Any) -> None:
    """Remember something for this visitor, on every page, until the browser tab is closed."""
    st.session_state[f"kept-{key}"] = value


def widget_value(key: str) -> Any:
    """What a widget holds; for callbacks, which run before the page does."""
    return st.session_state.get(key)


def settings() -> TrainingConfig:
    """The visitor's settings: those of this visit, at first those in the address of the page.

    Values in the address that cannot be used fall back to the tutorial's, with a notice.
    """
    kept = recall("settings")
    if kept is not None:
        return kept
    query = {name: st.query_params[name] for name in SETTING_NAMES if name in st.query_params}
    config, problems = TrainingConfig.from_query(query)
    if problems:
        words = unmarked(" ".join(str(problem) for problem in problems))
        keep("notice", f"Some settings in the link cannot be used. The usual ones stay. {words}")
    return config


def keep_settings(config: TrainingConfig) -> None:
    """Remember the settings and put them into the address of the page."""
    keep("settings", config)
    query = config.to_query()
    for name in SETTING_NAMES:
        if name in query and st.query_params.get(name) != query[name]:
            st.query_params[name] = query[name]
        elif name not in query and name in st.query_params:
            del st.query_params[name]


@st.cache_data(show_spinner=False, max_entries=256)
def cost_of(config: TrainingConfig) -> Cost:
    """What a network costs; timed once for each setting."""
    _prepare_torch()
    from core.runs.cost import cost

    return cost(config, config.training_images or 55_000)


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
    _spare_collector()  # before the page begins to look at the run several times a second
    keep("runs", [*(each for each in run_ids() if each != run_id), run_id])
    keep("run-left", False)
    keep("moment", None)
    keep("asked-network", None)
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
    from core.runs.job import snapshot_of

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

    That is a moment chosen on Train, else the newest finished run; then runs that stand still or go
    on; and the shipped ones.
    """
    finished, others = [], []
    for run_id in reversed(run_ids()):
        found = _network_of_run(run_id)
        if found:
            is_finished, network = found
            (finished if is_finished else others).append(network)
    labels = {"default": "the network that comes with the app", "tutorial": "the tutorial network"}
    ready = [Network(name, labels[name], lambda name=name: shipped(name).model) for name in SHIPPED]
    return _asked_moment() + finished + ready[:1] + others + ready[1:]


def network_at(run_id: str, iteration: int) -> nn.Module:
    """The network of a run as it was after an iteration. Raises RunError if it is forgotten."""
    from core.model import build_model
    from core.runs.store import RunError

    job = board().get(run_id)
    for moment in job.moments() if job else ():
        if moment.iteration == iteration:
            model = build_model(job.config)
            model.load_state_dict(moment.weights)
            return model.eval()
    raise RunError("The server no longer remembers that moment of the run. Train it again.")


@st.cache_data(show_spinner=False, max_entries=2_000)
def score_of_moment(run_id: str, iteration: int) -> Evaluation:
    """The exam on the validation images at a moment of a run, held when first asked for."""
    from core.evaluation import evaluate

    dataset = board().shelf.get(board().get(run_id).config.dataset)
    return evaluate(network_at(run_id, iteration), dataset.validation)


def ask_network(key: str) -> None:
    """Let this network be the one that Predict opens with, until another run or moment is asked."""
    keep("asked-network", key)


def asked_network() -> str | None:
    """The key of the network that the visitor was sent to Predict with."""
    return recall("asked-network")


def ask_moment(run_id: str, iteration: int) -> None:
    """Let the network of that moment be the first to answer on Predict."""
    keep("moment", (run_id, iteration))
    keep("asked-network", None)


def _asked_moment() -> list[Network]:
    """The moment that the visitor chose, if it is still remembered."""
    if not (asked := recall("moment")):
        return []
    run_id, iteration = asked
    job = board().get(run_id)
    if job is None or iteration not in [moment.iteration for moment in job.moments()]:
        return []
    label = f"your run {run_id[:4]} as it was after {iteration:,} batches"
    return [Network(f"{run_id}@{iteration}", label, lambda: network_at(run_id, iteration))]


def _network_of_run(run_id: str) -> tuple[bool, Network] | None:
    from core.runs.job import JobState
    from core.runs.store import RunError

    try:
        seen = snapshot(run_id)
    except RunError:
        return None
    if not seen.iteration or seen.state is JobState.FAILED:
        return None
    job = board().get(run_id)
    score = f", {percent(seen.test.accuracy)} on the test set" if seen.test else ""
    label = f"your run {run_id[:4]} ({seen.state}, {seen.iteration:,} batches{score})"
    get = job.network if job else board().store.load(run_id).model
    return seen.state is JobState.FINISHED, Network(run_id, label, get)


@st.cache_resource(show_spinner=False)
def _lessons() -> LessonShelf:
    return LessonShelf()


class LessonShelf:
    """What the lessons made, once for everybody: their digits, and measurements by name."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.digits: DigitDataset | None = None
        self.measurements: dict[tuple[str, str], Measurement] = {}


def lesson_digits(on_share: Callable[[float], None] = lambda share: None) -> DigitDataset:
    """The few thousand digits of the lessons. `on_share` hears how much of them is made."""
    shelf = _lessons()
    with shelf.lock:
        if shelf.digits is None:
            datasets = board().shelf
            from core.lessons import measures as lessons

            shelf.digits = lessons.lesson_digits(datasets, on_share)
        return shelf.digits


def measurement(key: tuple[str, str]) -> Measurement | None:
    """What a lesson measures or has measured."""
    return _lessons().measurements.get(key)


def begin_measurement(key: tuple[str, str], work: Callable) -> None:
    """Measure in the background, as core.runs.measuring does, unless it goes on or is done."""
    from core.runs.measuring import Measurement

    shelf = _lessons()
    with shelf.lock:
        found = shelf.measurements.get(key)
        if found is None or found.stopped or found.failed:
            shelf.measurements[key] = Measurement(work)


def inside_digits(network_key: str) -> DigitDataset:
    """Real digits to look into a network with: those it learned from, where they are in memory.

    Otherwise, and for the shipped networks, the digits of the lessons, which are never downloaded.
    """
    from core.lessons.measures import small_share
    from core.runs.store import RunError

    shelf, name = board().shelf, "mnist"
    if network_key not in SHIPPED:
        with suppress(RunError):  # its settings may be gone while it is still in memory
            name = snapshot(network_key.partition("@")[0]).config.dataset
    return small_share(shelf.get(name)) if shelf.ready(name) else lesson_digits()


def lesson_number(lessons: int) -> int:
    """The lesson that is open, from 1: the one in the address, else the last one of this visit."""
    asked = st.query_params.get(LESSON, "")
    if asked in map(str, range(1, lessons + 1)):
        keep("lesson", int(asked))
    return min(recall("lesson", 1), lessons)


def open_lesson(number: int) -> None:
    """Go to a lesson, and put it into the address of the page."""
    keep("lesson", number)
    st.query_params[LESSON] = str(number)


@st.cache_resource(show_spinner=False)
def _studies() -> tuple[ThreadPoolExecutor, dict[tuple[str, str], Future]]:
    return ThreadPoolExecutor(2, "study"), {}


def study(dataset: DigitDataset, measure: Callable[[Digits], Found]) -> Future[Found]:
    """What a function finds on all training images: in the background, once for everybody.

    A study that broke is begun again.
    """
    workers, studies = _studies()
    key = dataset.name, measure.__name__
    found = studies.get(key)
    if found is None or (found.done() and found.exception()):
        found = studies[key] = workers.submit(measure, dataset.train)
    return found


@st.cache_resource(show_spinner=False)
def results() -> Results:
    """Exams and sweeps that took time, once for everybody on this server."""
    from core.exam.sitting import Results

    return Results()
