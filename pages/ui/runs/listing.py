"""Which runs a visitor gets to see, and which of them are theirs to change. It shows nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields

from core.config import CHOICES
from core.runs.job import TrainingJob
from core.runs.kept.quota import MOST_OF_ALL, MOST_OF_ONE
from core.runs.kept.store import Damaged, RunSummary
from pages.ui.state import owner, server
from pages.ui.state.visit import visit
from pages.ui.words.settings import (
    NAMES,
    in_a_line,
    value_in_words,
)

ORDERS = {"date": "Newest", "score": "Best", "time": "Quickest", "name": "A to Z"}
NEARLY = 0.8  # of the runs that are kept; from there on it is said how many there are


@dataclass(frozen=True)
class Listed:
    """What this visitor gets to see: runs, newest first, and what is damaged; and of all the runs
    that are kept, theirs and everybody's, how many."""

    runs: list[RunSummary]
    damaged: list[Damaged]
    mine: int
    everybodys: int


def runs_to_show() -> Listed:
    """The visitor's runs, also those still in their first epoch, and those of this visit.

    A damaged run is told to its owner, and to everybody where even that cannot be read.
    """
    found, owners, opened = server.board().store.runs(), set(owner.ids()), set(visit().runs)
    runs, damaged = {}, []
    for each in found:
        if isinstance(each, Damaged):
            damaged += [each] if each.owner in {"", *owners} else []
        elif each.origin.owner in owners or each.id in opened:
            runs[each.id] = each
    mine = sum(run.origin.owner in owners for run in runs.values())
    for job in server.board().jobs():
        going = not job.can_be_forgotten  # what is on disk is older, or not there at all
        if going and (job.keeping.origin.owner in owners or job.id in opened):
            runs[job.id] = summary_of(job)
    return Listed(in_order(list(runs.values()), "date"), damaged, mine, len(found))


def going_on() -> tuple[str, ...]:
    """The ids of all runs of this visitor that are going."""
    jobs = [job for job in server.board().jobs() if not job.over]
    return tuple(job.id for job in jobs if job.keeping.origin.owner in owner.ids())


def summary_of(job: TrainingJob) -> RunSummary:
    """A run in memory as it stands now, in the form in which runs are kept."""
    seen = job.snapshot()
    return RunSummary(
        id=seen.id,
        config=seen.config,
        complete=False,
        iterations=seen.iteration,
        total_iterations=seen.total_iterations,
        seconds=seen.seconds,
        validation=seen.validation,
        test=seen.test,
        label=job.keeping.label,
        origin=job.keeping.origin,
    )


def found_by(words: str, runs: list[RunSummary]) -> list[RunSummary]:
    """The runs in whose name, note, data or settings all of these words occur."""
    wanted = words.casefold().split()
    return [run for run in runs if all(word in all_words(run) for word in wanted)]


def all_words(run: RunSummary) -> str:
    """What a run can be found by, in small letters."""
    settings = (
        f"{NAMES[each.name]} {value_in_words(each.name, getattr(run.config, each.name))}"
        for each in fields(run.config)
        if each.name not in CHOICES  # what was chosen from a list is known by its own words
    )
    chosen = (value_in_words(name, getattr(run.config, name)) for name in CHOICES)
    said = in_a_line(run.config)
    return " ".join((run.name, run.label.note, said, *settings, *chosen)).casefold()


def in_order(runs: list[RunSummary], order: str) -> list[RunSummary]:
    """Those with a pin first, then as a key of ORDERS says; runs without an exam have no score."""
    newest = sorted(runs, key=lambda run: run.origin.begun, reverse=True)
    keys = {
        "date": lambda run: 0,
        "score": lambda run: -run.test.accuracy if run.test else 1.0,
        "time": lambda run: run.seconds,
        "name": lambda run: run.name.casefold(),
    }
    return sorted(newest, key=lambda run: (not run.label.pinned, keys[order](run)))


def room_left(listed: Listed) -> str:
    """How many runs are kept of how many, once that matters; and what goes when one more comes."""
    if listed.mine >= NEARLY * MOST_OF_ONE:
        said = f"You keep {listed.mine:,} of {MOST_OF_ONE:,} runs."
    elif listed.everybodys >= NEARLY * MOST_OF_ALL:
        said = f"This server keeps {listed.everybodys:,} of {MOST_OF_ALL:,} runs of all visitors."
    else:
        return ""
    return f"{said} Then the oldest without a pin makes room for the next."


def is_mine(run: RunSummary) -> bool:
    """Whether this visitor may rename it, delete it and go on with it."""
    return owner.is_mine(run.origin.owner)


def is_going(run_id: str) -> bool:
    """Whether it trains, waits or stands still at this moment."""
    job = server.board().get(run_id)
    return job is not None and not job.over
