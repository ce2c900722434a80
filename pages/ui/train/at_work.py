"""The network of a run at work, beside its chart: its first weights, and a wall of digits it reads.

How it is drawn is in pages/ui/frontend/at_work.js, which gets at most 20 KB a look. The pictures of
the digits come apart from it, once: they do not change.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.config import TrainingConfig
from pages.ui.frontend.components import fetched_component
from pages.ui.state import server
from pages.ui.state.networks import Network
from pages.ui.state.visit import put_widget_value, visit, widget_value
from pages.ui.widgets.digits.pictures import picture
from pages.ui.widgets.digits.why import measured
from pages.ui.widgets.stage.given import last_drawn
from pages.ui.widgets.stage.readings import why_for_browser
from pages.ui.words.numbers import sureness

if TYPE_CHECKING:  # an empty frame needs no torch
    import numpy as np
    from torch import nn

    from core.data import Digits
    from core.runs.memory import Answers
    from core.runs.snapshot import JobSnapshot

KEY = "at-work"
NEW = "An untrained network"
POINTS = 60  # of the answers to the visitor's digit, and as many of its turns

_component = fetched_component("at_work")


def show_at_work(
    network: dict[str, Any] | None, why: dict[str, Any] | None = None, run_id: str = ""
) -> None:
    """Draw a network, as a look at a run has it or `before_a_run`; None: an empty frame.

    why: why one of its digits is read so; run_id: of the run that is asked such a thing.
    """
    data = {"sheet": f"{KEY}-sheet", "look": network, "why": why}
    pressed = _component(
        KEY,
        data,
        packed=True,
        on_why_change=lambda: run_id and ask_why(run_id),
        on_draw_change=open_pad,
    )
    if pressed.draw:
        st.rerun()  # the pad is not in what is looked at again and again


@dataclass(frozen=True)
class Look:
    """How a run stands, and at the same moment: its network for the browser; the network itself,
    None before it is built; since when the answer to the visitor's digit stays, for the chart."""

    seen: JobSnapshot
    network: dict[str, Any]
    settled: tuple[int, str] | None
    model: nn.Module | None


def look(run_id: str) -> Look:
    """The run as it is now. Raises RunError where there is no such run."""
    if job := server.board().get(run_id):
        seen, model, answers = job.look()
        if model is None:
            return Look(seen, before_a_run(seen.config, run_id), None, None)
        turns = answers.turns if answers else []
        settled = None
        if len(turns) > 1:
            settled = (turns[-1][0], f"from here it reads yours as {turns[-1][1]}")
        return Look(seen, as_it_is(seen, model) | {"own": own_digit(answers)}, settled, model)
    seen = server.snapshot(run_id)
    model = server.board().store.network(run_id)
    return Look(seen, as_it_is(seen, model) | {"own": None}, None, model)


def as_it_is(seen: JobSnapshot, model: nn.Module) -> dict[str, Any]:
    """The network, and what it said to the wall before its first batch."""
    from core.runs.at_work import at_work

    network = at_work(model, wall_of(seen.config.dataset)).to_dict()
    moment = {"run": seen.id, "iteration": seen.iteration, "still": seen.state.still}
    return network | moment | {"name": seen.name} | in_any_moment(seen.config)


def before_a_run(config: TrainingConfig, run_id: str = "") -> dict[str, Any]:
    """The network that a run with these settings begins with, and what it says to the wall and to
    the visitor's digit."""
    from core.runs.memory import answers_before_learning

    own = None
    if (image := digit_to_ask()) is not None:
        own = server.kept().get_or_make(
            ("own digit before learning", config, image.tobytes()),
            lambda: own_digit(answers_before_learning(config, image)),
        )
    moment = {"run": run_id, "iteration": 0, "still": False, "own": own, "name": NEW}
    return first_network(config) | moment | in_any_moment(config)


def in_any_moment(config: TrainingConfig) -> dict[str, Any]:
    """What is the same for all moments of a run with these settings."""
    kind = "filter" if config.architecture == "conv" else "unit"
    return {"then": first_network(config)["shares"], "kind": kind}


def first_network(config: TrainingConfig) -> dict[str, Any]:
    """The network at the beginning: its seed gives the weights."""
    from core.runs.at_work import before_learning

    wall = wall_of(config.dataset)
    return server.kept().get_or_make(
        ("before learning", config, len(wall)), lambda: before_learning(config, wall).to_dict()
    )


def open_pad() -> None:
    """Have the pad below open, on which the visitor draws for the run."""
    visit().train.closer_look = "probe"
    put_widget_value("look", "probe")


def ask_why(run_id: str) -> None:
    """Why is the digit at the place that was clicked read so? Or no longer, if that is asked."""
    asked, here = (run_id, widget_value(KEY)["why"]), visit().train
    here.asked_why = None if here.asked_why == asked else asked


def why_on_wall(now: Look) -> dict[str, Any] | None:
    """What in the digit that is asked about speaks for its answer; only of a network that stands
    still, for it takes hundreds of looks at the digit."""
    run_id, place = visit().train.asked_why or ("", None)
    wall = wall_of(now.seen.config.dataset)
    if run_id != now.seen.id or not now.seen.state.still or now.model is None:
        return None
    if type(place) is not int or not 0 <= place < len(wall):
        return None
    from core.data import scaled
    from core.evaluation import probabilities

    image = scaled(wall.images[place : place + 1])
    (shares,) = probabilities(now.model, image)
    network = Network(run_id, now.seen.name, "", lambda: now.model)
    why = measured(network, image[0].numpy(), shares.numpy(), int(wall.labels[place]))
    return why and why_for_browser(place, why)


def own_digit(answers: Answers | None) -> dict[str, Any] | None:
    """The visitor's digit, and what the network has said to it and when; None without one.

    Among the moments are the newest POINTS at which the answer became another, so that what is said
    between two of them stays the same.
    """
    if answers is None or not answers.turns or not isfinite(answers.probabilities[-1].max()):
        return None
    turns = [iteration for iteration, _ in answers.turns[-POINTS:]]
    places = set(answers.iterations.searchsorted(turns).tolist())
    last = len(answers.iterations) - 1
    chosen = sorted(places | {last * each // POINTS for each in range(POINTS + 1)})
    shares = answers.probabilities[chosen]
    return {
        "image": picture(answers.image),
        "at": answers.iterations[chosen].tolist(),
        "said": "".join(map(str, shares.argmax(axis=1).tolist())),
        "sure": [sureness(share) for share in shares.max(axis=1).tolist()],
    }


def digit_to_ask() -> np.ndarray | None:
    """What a new run is asked about, float (28, 28): chosen here, else the last one drawn."""
    chosen = visit().train.probe
    return last_drawing() if chosen is None else chosen


def last_drawing() -> np.ndarray | None:
    """What the visitor drew on Predict or Home, as a network sees it, float (28, 28)."""
    prepared = last_drawn()
    return None if prepared is None else prepared.image


def wall_of(dataset: str) -> Digits:
    """The digits of the wall; none where the dataset is not in the server's memory."""
    from core.runs.at_work import NO_DIGITS, wall_digits

    if not server.in_memory(dataset):
        return NO_DIGITS
    return server.kept().get_or_make(
        ("wall", dataset), lambda: wall_digits(server.board().shelf.get(dataset).validation)
    )


def show_sheet(config: TrainingConfig) -> None:
    """The pictures of the wall, for the script: outside of what is looked at again and again, which
    imports torch."""
    wall = wall_of(config.dataset)
    if not len(wall):
        return
    sheet = server.kept().get_or_make(
        ("wall sheet", config.dataset), lambda: picture(wall.images.numpy().reshape(-1, 28))
    )
    st.html(f'<img id="{KEY}-sheet" src="{sheet}" alt="" hidden>')
