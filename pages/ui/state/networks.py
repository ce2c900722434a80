"""The networks that a visitor can ask: what they trained, moments of it, and the shipped ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from core.networks.scores import accuracy
from pages.ui.state import server
from pages.ui.state.address import current_run_id
from pages.ui.state.visit import visit
from pages.ui.words.numbers import counted, percent

if TYPE_CHECKING:
    from torch import nn

    from core.networks.card import Doubt
    from core.runs.job import TrainingJob

NOTES = {  # by the dataset that it learned from
    "mnist": "It learned from scanned digits only (MNIST): it never saw one drawn on a screen.",
    "generated": "It learned from the built-in handwriting only: it never saw a scanned digit.",
}
NOTE_OF_ROOMS = "It learned from the digits of one room only."
NAMES = {"default": "the built-in network", "tutorial": "the tutorial network"}


@dataclass(frozen=True)
class Network:
    """A network that can answer: what to call it, how to get it, and when it doubts, if it can."""

    key: str
    name: str
    result: str  # what it scored, or how far it came
    get: Callable[[], nn.Module]
    note: str = ""  # what it never saw
    get_doubt: Callable[[], Doubt | None] = lambda: None
    measured_on: str = ""  # the dataset whose exam gave its score, if one did

    @property
    def label(self) -> str:
        """Its name and its result, for a list."""
        return f"{self.name}, {self.result}"


def note_on(dataset: str) -> str:
    """What a network that learned from this dataset never saw."""
    return NOTES.get(dataset, NOTE_OF_ROOMS)


def networks() -> list[Network]:
    """The networks that this visitor can ask, the one to ask first at the top.

    That is a moment chosen on Train, else the newest finished run; then runs that stand still or go
    on; and the shipped ones.
    """
    runs = [found for each in reversed(visit().runs) if (found := _network_of_run(each))]
    finished = [network for is_finished, network in runs if is_finished]
    others = [network for is_finished, network in runs if not is_finished]
    ready = [
        Network(
            name,
            NAMES[name],
            percent(accuracy(name)),
            lambda name=name: server.shipped(name).model,
            NOTES["mnist"] if name == "tutorial" else "",
            lambda name=name: server.shipped(name).card.doubt,
            measured_on="mnist",
        )
        for name in server.SHIPPED
    ]
    return _asked_moment() + _taught() + finished + ready[:1] + others + ready[1:]


def first_to_ask() -> Network:
    """The network in use, the same on every page: what was chosen, else the first there is."""
    known = {each.key: each for each in networks()}
    return known.get(visit().asked_network) or next(iter(known.values()))


def network_of(run_id: str) -> Network | None:
    """The network of a run; None where there is none that can answer."""
    found = _network_of_run(run_id)
    return found and found[1]


def current_job() -> TrainingJob | None:
    """The visitor's run, if it is still in the server's memory."""
    run_id = current_run_id()
    return server.board().get(run_id) if run_id else None


def ask_network(key: str) -> None:
    """Let this network be the one in use, until another run or moment is asked."""
    visit().asked_network = key


def ask_moment(run_id: str, iteration: int) -> None:
    """Let the network of that moment be the first to answer on Predict."""
    visit().moment, visit().asked_network = (run_id, iteration), None


def _taught() -> list[Network]:
    """Networks that went on learning from people here, the newest first."""
    found = [server.taught().get(key) for key in reversed(visit().taught)]
    return [network for network in found if network is not None]


def _asked_moment() -> list[Network]:
    """The moment that the visitor chose, if it is still remembered."""
    if not (asked := visit().moment):
        return []
    run_id, iteration = asked
    job = server.board().get(run_id)
    if job is None or iteration not in [moment.iteration for moment in job.memory.moments()]:
        return []
    result = f"after {counted(iteration, 'batch')}"
    get, note = lambda: server.network_at(run_id, iteration), note_on(job.config.dataset)
    return [Network(f"{run_id}@{iteration}", job.name, result, get, note)]


def _network_of_run(run_id: str) -> tuple[bool, Network] | None:
    """Whether it is finished, and its network; None where there is none that can answer."""
    from core.runs.kept.store import RunError
    from core.runs.snapshot import JobState

    try:
        seen = server.snapshot(run_id)
    except RunError:
        return None
    if not seen.iteration or seen.state is JobState.FAILED:
        return None
    job = server.board().get(run_id)
    reached = f"after {counted(seen.iteration, 'batch')}"
    result = percent(seen.test.accuracy) if seen.test else reached
    get = job.network if job else partial(server.board().store.network, run_id)
    network = Network(
        run_id,
        seen.name,
        result,
        get,
        note_on(seen.config.dataset),
        measured_on=seen.config.dataset if seen.test else "",
    )
    return seen.state is JobState.FINISHED, network
