"""What is remembered of one visitor, on every page, until the browser tab is closed.

All of it stands here, by page, with its type and what it is at first. Only plain values and ids: no
thread, no network. The only file that touches st.session_state.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    import numpy as np

    from core.config import TrainingConfig
    from core.exam.game import Game
    from core.runs.series.plan import Plan

KEY = "visit"
SIGN_OF_LIFE = 10.0  # seconds between two times that `hearers` are told of one visitor
hearers: list[Callable[[], None]] = []  # called, in a script, while a visitor does anything at all
Drawing = dict[str, Any]  # as the canvas gives and takes it


@dataclass
class Box:
    """A drawing box: what is in it, what it began with, how often it was made anew, how many
    samples were put into it; the widget that it is on the page now, and its side in pixels."""

    drawing: Drawing = field(default_factory=lambda: {"objects": []})
    begin: Drawing = field(default_factory=lambda: {"objects": []})
    number: int = 0
    samples: int = 0
    widget: str = ""  # empty: what the widget holds is older than `drawing`
    side: int = 0


@dataclass
class InBrowser:
    """One thing that the visitor's browser keeps: what is known of it here."""

    heard: bool = False  # the browser has said what it keeps, or it no longer matters
    held: str = ""  # the stamp of what it said
    sent: str | None = ""  # the stamp of what it was given to keep; None: it asks for it again
    visit: str = field(default_factory=lambda: secrets.token_hex(4))  # tells this visit from others


@dataclass
class TrainVisit:
    """The settings of the next run, and how a run is looked at."""

    settings: TrainingConfig | None = None  # None: those of the address
    wanted: str = ""  # "run" or "step": a button that begins one was pressed
    form_number: int = 0  # widgets get new keys when all settings change at once
    build_open: bool = False  # the panel with all settings
    speed: str | None = None  # a key of SPEEDS in speed.py; None: not chosen
    smoothing: int = 20  # batches that the strong line is averaged over
    log_scale: bool = False
    top_tenth: bool = False  # of the accuracy: 90 to 100 % fill its panel
    closer_look: str | None = None
    probe: np.ndarray | None = None  # float32 (28, 28), the digit that a run is asked about
    asked_why: tuple[str, Any] | None = None  # a run, and the place of a digit on its wall
    probe_number: int = 1  # of the test image taken as a probe


@dataclass
class DataVisit:
    """What is looked at on Data."""

    dataset: str | None = None  # None: what is at hand
    image: int | None = None  # the training image that was asked for by its number
    wall_turn: int = 0
    unusual: int | None = None  # an image among the unusual and the typical ones
    harder_draw: int = 1
    written: int | None = None  # a digit of the writers that is written anew


@dataclass
class LearnVisit:
    """The open lesson, the lessons done, and what each of them was left at."""

    lesson: int = 1
    done: set[str] = field(default_factory=set)
    guesses: dict[str, str] = field(default_factory=dict)  # by lesson, the choice taken
    unit: tuple[int, int] = (0, 12)  # layer and unit
    weight: tuple[int, float] | None = None  # steps taken, and where the weight is
    stepper: str | None = None  # of the run that goes step by step; None: not begun, empty: left


@dataclass
class ExamVisit:
    """What is examined, and what the visitor did there."""

    fetch: str | None = None  # the dataset that the visitor asked to have fetched
    cell: tuple[int | None, int | None] | None = None  # of the confusion matrix: digit, answer
    mistake: int = -1  # the image looked at among the mistakes
    game: Game | None = None  # that goes on or was the last
    own_digits: list[tuple[int, bytes]] = field(default_factory=list)  # digit, 784 pixels
    own_number: int = 0  # of the box to draw in
    own_problem: str = ""
    own_is_new: bool = False
    sweep: tuple[str, ...] | None = None  # the key of the sweep begun last


@dataclass
class InsideVisit:
    """What is looked into, and how far."""

    network: str | None = None  # the key of the network that is held still
    subject: str | None = None  # the key of it as it was then
    off: tuple[str | None, dict[str, frozenset[int]]] = (None, {})  # subject, units by layer
    unit: tuple[str | None, int] = (None, 0)  # subject, unit of the first layer
    neighbours: tuple[str, str] | None = None  # the key of the map by neighbours begun last


@dataclass
class RunsVisit:
    """Which runs are looked at."""

    chosen: list[str] = field(default_factory=list)  # ids, in the order in which they were taken
    to_open: str = ""  # the section below the list that another page leads to
    deleted: tuple[str, str] | None = None  # id and name of the one deleted last
    words: str = ""  # that are searched for
    problem: str = ""  # why a change could not be made
    series: dict[str, list[Plan]] = field(default_factory=dict)  # by kind, those looked at
    deleted_series: dict[str, Plan] = field(default_factory=dict)  # by kind, the one deleted last
    race: list[tuple[str, str]] = field(default_factory=list)  # its two runs: id, what was chosen
    image: int = -1  # the test image that all who are compared are seen to read
    uploads: int = 0  # runs brought back; each has a box of its own
    upload_problem: str = ""  # why the last file is no run
    to_train: bool = False  # settings were brought back, and Train is where they are used


@dataclass
class PresenterVisit:
    """How far the presenter's demo is."""

    stop: int = 0  # the one whose settings are made, from 1; 0: none yet
    arrivals: int = 0  # at any stop


@dataclass
class ExhibitVisit:
    """Where a visitor of the exhibit is."""

    run: str | None = None  # the id of the run that learns, or has learned, before their eyes
    watching: bool = False  # it is looked at; else there is the pad
    over: bool = False  # everything is forgotten: the browser begins anew


@dataclass
class RoomVisit:
    """A phone in a room, or the presenter before the wall."""

    answered: str = ""  # the phone's own word for the drawing that was answered last
    problem: str = ""  # what was wrong with it, or why no room could be opened
    sent: int | None = None  # digits that the wall on this screen was given; None: it begins
    begun: int = 0  # how often it began
    start: int = 0  # the number of the digit that it began with
    saved: int = 0  # digits in the file that was saved last


@dataclass
class Visit:
    """All that is remembered of one visitor."""

    notice: str = ""  # to be said on the next page
    runs: list[str] = field(default_factory=list)  # ids, started or opened, oldest first
    run_left: bool = False  # Reset was pressed: no run is followed
    moment: tuple[str, int] | None = None  # a run and an iteration, to be drawn against
    asked_network: str | None = None  # the key of the network that Predict opens with
    why: tuple[str, str, str] | None = None  # network, image and place that “Why?” is asked of
    turned: tuple[str, int] = ("", 0)  # an uploaded picture, and by how many quarters to the right
    digit: tuple[int, int] = (3, 0)  # the real digit looked at, and which of its images
    boxes: dict[str, Box] = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)  # of dropdowns, by their key
    train: TrainVisit = field(default_factory=TrainVisit)
    data: DataVisit = field(default_factory=DataVisit)
    learn: LearnVisit = field(default_factory=LearnVisit)
    exam: ExamVisit = field(default_factory=ExamVisit)
    inside: InsideVisit = field(default_factory=InsideVisit)
    room: RoomVisit = field(default_factory=RoomVisit)
    taught: list[str] = field(default_factory=list)  # keys of networks taught here, oldest first
    lessons: dict[str, str] = field(default_factory=dict)  # keys of tasks, by who teaches
    owners: list[str] = field(default_factory=list)  # ids of this browser; the first is in use
    owner_used: bool = False  # a run was started with it
    looked_at: RunsVisit = field(default_factory=RunsVisit)
    presenter: PresenterVisit = field(default_factory=PresenterVisit)
    exhibit: ExhibitVisit = field(default_factory=ExhibitVisit)
    in_browser: dict[str, InBrowser] = field(default_factory=dict)  # by the name it is kept under
    told_of: float = -SIGN_OF_LIFE  # when hearers were told, on the monotonic clock


def visit() -> Visit:
    """This visitor's; made at the first look. To ask for it is a sign of life."""
    if KEY not in st.session_state:
        st.session_state[KEY] = Visit()
    here = st.session_state[KEY]
    if (now := time.monotonic()) - here.told_of >= SIGN_OF_LIFE:
        here.told_of = now
        for hear in hearers:
            hear()
    return here


def forget_visit() -> None:
    """Forget all of it, and what every widget holds: somebody else may be here now."""
    st.session_state.clear()


def widget_value(key: str) -> Any:
    """What a widget holds; for callbacks, which run before the page does."""
    return st.session_state.get(key)


def put_widget_value(key: str, value: Any) -> None:
    """Have a widget hold this when it is next on a page; not while it is on this one."""
    st.session_state[key] = value


def widget_exists(key: str) -> bool:
    """Whether the widget with this key was on the page in the last run of the script."""
    return key in st.session_state
