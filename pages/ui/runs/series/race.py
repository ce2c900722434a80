"""Race: two configurations side by side, live, in one chart. Both are runs that are kept."""

from __future__ import annotations

import html
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.background import Refused
from core.charts.runs.race import BY, Racer, race_chart
from core.config import DATASETS
from core.runs.job import TrainingJob
from core.runs.kept.run import LONGEST_NAME, Label
from core.runs.kept.store import RunError
from core.runs.series.race import matched, start_race
from core.runs.snapshot import JobSnapshot, JobState
from pages.ui.runs.compare.names import name_html, next_race, without_race
from pages.ui.runs.listing import runs_to_show
from pages.ui.runs.series.contenders import (
    Contender,
    choose_contender,
    contenders,
    networks_html,
    short_name,
)
from pages.ui.runs.series.sections import look_at_kept
from pages.ui.state import owner, server
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.choice import choose_one
from pages.ui.widgets.choosing.dropdown import choose_for
from pages.ui.widgets.live_plot import live_plot
from pages.ui.widgets.task import POLL, look_again
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import percent, unmarked

PRACTICE = "practice exam (<i>validation</i>)"
STATES = {  # beside what the number of the batch says
    JobState.PREPARING: "gets ready",
    JobState.WAITING: "waits for its turn",
    JobState.RUNNING: "",
    JobState.PAUSED: "paused",
    JobState.FINISHED: "finished",
    JobState.STOPPED: "stopped",
    JobState.FAILED: "failed",
}


def show_race(heading: DeltaGenerator) -> None:
    """Choose two, start them, watch. heading: the question, until there is an answer."""
    among = contenders()
    left, right = st.columns(2)
    with left:
        first = choose_contender("This one", "race-first", among)
    with right:
        rest = [each for each in among if each.config != first.config]
        second = choose_contender("against", "race-second", rest)
    jobs = racing()
    going = any(not job.over for job in jobs)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        begin_and_stop(first, second, jobs, going)
        by = choose_one("Along the axis", BY, "race-by", default="seconds", show_label=False)
    pair = matched(first.config, second.config)
    st.caption(f"Both learn from {DATASETS[pair[0].dataset].label}, with the same seed.")
    if verdict := verdict_html([job.snapshot() for job in jobs]):
        heading.html(f"<h2>{verdict}</h2>")
    if visit().looked_at.problem:
        st.error(unmarked(visit().looked_at.problem), icon=":material/error:")
        visit().looked_at.problem = ""
    with st.container(key="race-room"):
        show = partial(show_racers, by, [first, second])
        look_again(show, lambda: is_racing(racing()), POLL if going else None)


def begin_and_stop(
    first: Contender, second: Contender, jobs: list[TrainingJob], going: bool
) -> None:
    """Start, stop, and what to do with both when they are over."""
    st.button(
        "Start the race",
        type="primary",
        icon=":material/flag:",
        on_click=start,
        args=(first, second),
        key="race-begin",
        disabled=going,
    )
    st.button(
        "Stop",
        icon=":material/stop:",
        on_click=stop,
        help=tip("stop"),
        key="race-stop",
        disabled=not going,
    )
    over = len(jobs) == 2 and not going
    st.button(
        "Compare both",
        icon=":material/compare_arrows:",
        on_click=compare,
        key="race-compare",
        disabled=not over,
    )


def racing() -> list[TrainingJob]:
    """The two runs of the last race, as far as they are in memory."""
    jobs = (server.board().get(each) for each, _ in visit().looked_at.race)
    return [job for job in jobs if job]


def is_racing(jobs: list[TrainingJob]) -> bool:
    """Whether one of them is not over."""
    return any(not job.over for job in jobs)


def best_of(seen: list[JobSnapshot]) -> float:
    """The better score on the practice exam, of two that are over; else 0."""
    over = len(seen) == 2 and all(each.state.over and each.validation for each in seen)
    return max(map(newest_score, seen)) if over else 0


def newest_score(seen: JobSnapshot) -> float:
    """On the practice exam, 0 to 1; 0 before the first."""
    return seen.validation[-1].accuracy if seen.validation else 0


def verdict_html(seen: list[JobSnapshot]) -> str:
    """Which of two that are over reads more on the practice exam; else nothing."""
    if not (best := best_of(seen)):
        return ""
    other = min(map(newest_score, seen))
    if best == other:
        return f"Both read {html.escape(percent(best))}."
    place = [newest_score(each) for each in seen].index(best)
    name, scores = visit().looked_at.race[place][1], f"{percent(best)} against {percent(other)}"
    return f"{html.escape(name)} reads more: {html.escape(scores)}"


def start(first: Contender, second: Contender) -> None:
    """Both together. What was chosen stays chosen, though the list now begins with these runs."""
    choose_for("race-first", first)
    choose_for("race-second", second)
    here = visit().looked_at
    pair = matched(first.config, second.config)
    try:
        left, right = start_race(server.board(), *pair, owner.in_use())
    except Refused as problem:
        here.problem = str(problem)
        return
    here.race = [(left.id, first.name), (right.id, second.name)]
    race = f" (race {next_race(run.name for run in runs_to_show().runs)})"
    for (run_id, name), (_, other) in zip(here.race, here.race[::-1], strict=True):
        kept = without_race(name)[: LONGEST_NAME - len(race)] + race
        note = f"Raced against {without_race(other)}, with the same digits and the same seed."
        server.board().relabel(run_id, Label(kept, note))


def stop() -> None:
    """End both; what they learned is kept."""
    for job in racing():
        job.stop()


def compare() -> None:
    """Look at both in the list."""
    visit().looked_at.chosen = [job.id for job in racing()]
    look_at_kept()


def show_racers(by: str, before: list[Contender]) -> None:
    """Two scores, and both curves; before a race, those who would run it."""
    try:
        seen = [(name, server.snapshot(each)) for each, name in visit().looked_at.race]
    except RunError:  # deleted, or too long ago
        seen = []
    best = best_of([each for _, each in seen])
    cards = [racer_html(*each, place, best) for place, each in enumerate(seen)]
    cards = cards or [waiting_html(each, place) for place, each in enumerate(before)]
    for column, card in zip(st.columns(2), cards, strict=False):
        column.html(card)
    racers = [
        Racer(short_name(name), each.losses, each.total_iterations, each.seconds)
        for name, each in seen
    ]
    live_plot(race_chart(racers, by), "race-losses", height=340)


def waiting_html(contender: Contender, place: int) -> str:
    """One that has not started: its name in the colour of its line, its network."""
    return (
        f'<div class="spread"><b>{name_html(contender.name, place)}</b>'
        f"{networks_html([contender.config])}</div>"
    )


def racer_html(name: str, seen: JobSnapshot, place: int, best: float = 0) -> str:
    """What was chosen, in the colour of its line, its newest score, and how far it is; marked if
    its score is the best one."""
    checks = seen.validation
    score = html.escape(percent(newest_score(seen))) if checks else "–"
    of = f"of {checks[-1].images:,} digits" if checks else "after the first epoch"
    won = " won" if best and newest_score(seen) == best else ""
    return f"""<div class="spread{won}"><b>{name_html(name, place)}</b>
      <div class="score" data-testid="racer">{score}</div>
      <small>{of}, {PRACTICE}</small><p>{html.escape(state_in_words(seen))}</p></div>"""


def state_in_words(seen: JobSnapshot) -> str:
    """How far it is, and why it is no further."""
    if seen.state is JobState.FAILED:
        return seen.message
    parts = [STATES[seen.state]]
    if seen.total_iterations:
        parts.append(f"batch {seen.iteration:,} of {seen.total_iterations:,}")
        parts.append(f"{seen.seconds:.1f} s of training")
    return " · ".join(part for part in parts if part)
