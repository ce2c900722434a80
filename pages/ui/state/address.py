"""The address of the page: the visitor's run, settings and lesson, so that a link brings them back.

The only file that touches st.query_params.
"""

from __future__ import annotations

from dataclasses import fields

import streamlit as st

from core.config import TrainingConfig
from pages.ui.state.visit import visit
from pages.ui.words.text_files import count_texts

RUN = "run"  # the name of the run's id in the address
LESSON = "lesson"  # of the lesson's number
CODE = "code"  # of a room's code
FROM = "from"  # and of the lesson that leads to Train, such as lesson-3
PRESENT = "present"  # "1": shown to an audience; NOTES: the speaker's own window
NOTES = "notes"
STOP = "stop"  # of the presenter's demo, from 1
KIOSK = "kiosk"  # "1": an exhibit
MODES = (PRESENT, STOP, KIOSK)  # stay in the address from page to page
SETTING_NAMES = [each.name for each in fields(TrainingConfig)]


def address() -> dict[str, str]:
    """What the address of every page carries: how the app is shown, and the visitor's run."""
    run_id = current_run_id()
    return modes() | ({RUN: run_id} if run_id else {})


def modes() -> dict[str, str]:
    """How the app is shown, as the address says it: empty for a visitor like any other."""
    return {name: st.query_params[name] for name in MODES if name in st.query_params}


def is_exhibit() -> bool:
    """Whether the app is shown as an exhibit, to one passer-by after the other."""
    return st.query_params.get(KIOSK) == "1"


def is_presented() -> bool:
    """Whether the app is shown to an audience."""
    return st.query_params.get(PRESENT) == "1"


def is_notes() -> bool:
    """Whether this is the window with the speaker's notes."""
    return st.query_params.get(PRESENT) == NOTES


def stop_asked(stops: int) -> int:
    """The stop of the demo in the address, from 1; 0 where there is none of that number."""
    asked = st.query_params.get(STOP, "")
    return int(asked) if asked in map(str, range(1, stops + 1)) else 0


def at_stop(number: int) -> dict[str, str]:
    """What the address of every page carries at this stop of the demo."""
    return address() | {PRESENT: "1", STOP: str(number)}


def leave_presenter() -> None:
    """Go on as a visitor like any other, where one is."""
    for name in (PRESENT, STOP):
        st.query_params.pop(name, None)


def current_run_id() -> str | None:
    """The run that this visitor follows: the one in the address, else the newest of the visit.

    None for the experiment of a lesson until it is started: an older run is not its result.
    """
    here, run_id = visit(), st.query_params.get(RUN)
    if run_id and run_id not in here.runs:
        here.runs = [*here.runs, run_id]
    if not run_id and here.runs and not here.run_left and not lesson_behind():
        run_id = here.runs[-1]
        st.query_params[RUN] = run_id
    return run_id


def follow_run(run_id: str) -> None:
    """Make this the visitor's run: in the address, and on every page."""
    here = visit()
    here.runs = [*(each for each in here.runs if each != run_id), run_id]
    here.run_left = False
    here.moment = here.asked_network = None
    st.query_params[RUN] = run_id


def leave_run() -> None:
    """Go back to a fresh start; the run itself is kept."""
    visit().run_left = True
    st.query_params.pop(RUN, None)


def settings() -> TrainingConfig:
    """The visitor's settings: those of this visit, at first those in the address of the page.

    A lesson that leads here brings settings of its own, which take the place of those of the visit.
    Values in the address that cannot be used fall back to the tutorial's, with a notice.
    """
    here = visit()
    if here.train.settings is not None and not lesson_behind():
        return here.train.settings
    query = {name: st.query_params[name] for name in SETTING_NAMES if name in st.query_params}
    config, problems = TrainingConfig.from_query(query)
    if problems:
        words = " ".join(str(problem) for problem in problems)
        here.notice = f"Some settings in the link cannot be used. The usual ones stay. {words}"
    return config


def keep_settings(config: TrainingConfig) -> None:
    """Remember the settings and put them into the address of the page."""
    visit().train.settings = config
    now = st.query_params.to_dict()
    others = {name: value for name, value in now.items() if name not in SETTING_NAMES}
    if (query := others | config.to_query()) != now:
        st.query_params.from_dict(query)


def start_afresh(config: TrainingConfig) -> None:
    """Let Train open with these settings, ready to start, and with no run."""
    leave_run()
    st.query_params.pop(FROM, None)
    keep_settings(config)
    visit().train.form_number += 1


def lesson_number(lessons: int) -> int:
    """The lesson that is open, from 1: the one in the address, else the last one of this visit."""
    asked = st.query_params.get(LESSON, "")
    if asked in map(str, range(1, lessons + 1)):
        visit().learn.lesson = int(asked)
    return min(visit().learn.lesson, lessons)


def open_lesson(number: int) -> None:
    """Go to a lesson, and put it into the address of the page."""
    visit().learn.lesson = number
    st.query_params[LESSON] = str(number)


def experiment(config: TrainingConfig, lesson: int) -> dict[str, str]:
    """What a link to Train carries so that it opens with these settings and leads back.

    lesson: its number, from 1. What the address holds beside that, such as a run, is left behind.
    """
    return config.to_query() | {FROM: f"{LESSON}-{lesson}"}


def lesson_behind() -> int | None:
    """The number of the lesson whose experiment this page is; None without one that exists."""
    asked = st.query_params.get(FROM, "")
    if not asked:
        return None
    numbers = range(1, count_texts("lessons") + 1)
    return next((number for number in numbers if asked == f"{LESSON}-{number}"), None)


def room_code() -> str:
    """The code of the room that a phone scanned; empty where none was."""
    return st.query_params.get(CODE, "")


def enter_room(code: str) -> None:
    """Put a code into the address, so that a reload leads into the same room."""
    st.query_params[CODE] = code
