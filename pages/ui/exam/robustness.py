"""What if the digits move? Two networks side by side, measured in the background."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from torch import nn

from core.background import Task
from core.charts.accuracy import robustness_chart
from core.exam.changes import CHANGES, Change
from core.exam.robustness import Point, examples, fall, sample, sweep
from core.model import fingerprint
from pages.ui.exam.sitting import Sitting
from pages.ui.state import server
from pages.ui.state.networks import Network
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.choice import choose_one
from pages.ui.widgets.choosing.network_picker import choose_network, model_of
from pages.ui.widgets.digits.wall import wall
from pages.ui.widgets.live_plot import live_plot
from pages.ui.widgets.task import follow
from pages.ui.words.numbers import percent, unmarked


@dataclass(frozen=True)
class Plan:
    """What is to be measured; `key` is the same only for the same networks, images and change."""

    key: tuple[str, ...]
    sitting: Sitting
    change: Change
    labels: list[str]
    models: list[nn.Module]


def show_robustness(sitting: Sitting) -> None:
    """Choose a second network and a change, then measure."""
    other = choose_network("Beside it", "exam-other", without=sitting.network.key)
    names = {name: change.label for name, change in CHANGES.items()}
    name = choose_one("What happens to the digits", names, "exam-change")
    st.markdown(CHANGES[name].description)
    show_examples(sitting, CHANGES[name])
    plan = make_plan(sitting, other, name)
    if plan:
        follow(
            plan.key,
            "Measuring",
            lambda task: measure(task, plan),
            lambda points: show_points(points, plan),
            begin="Measure",
            on_begin=lambda: stop_another(plan),
        )


def show_examples(sitting: Sitting, change: Change) -> None:
    """One of the digits at every strength that is measured."""
    strengths = [f"{each:g}" for each in change.strengths]
    wall(
        examples(sample(sitting.digits), change).numpy(),
        [change.words.format(each) for each in change.strengths],
        f"One of the digits, {change.axis}",
        "exam-changed",
        tile=64,
        captions=strengths,
    )


def make_plan(sitting: Sitting, other: Network, name: str) -> Plan | None:
    """The two networks, or None, and why, where the second cannot be had."""
    model = model_of(other)
    if model is None:
        return None
    models = [sitting.model, model]
    key = ("sweep", name, sitting.key[1], *(fingerprint(each) for each in models))
    return Plan(key, sitting, CHANGES[name], [sitting.network.name, other.name], models)


def measure(task: Task, plan: Plan) -> list[Point]:
    """All points of the plan, told one by one."""
    total, points = len(plan.models) * len(plan.change.strengths), []
    for point in sweep(plan.models, sample(plan.sitting.digits), plan.change):
        points.append(point)
        task.tell(len(points) / total, list(points))
    return points


def stop_another(plan: Plan) -> None:
    """A sweep of this visitor that still goes on makes room for this one."""
    before = server.tasks().get(visit().exam.sweep)
    if before:
        before.stop()
    visit().exam.sweep = plan.key


def show_points(points: list[Point], plan: Plan) -> None:
    """The chart so far, and the largest fall of each network in words, with intervals."""
    live_plot(robustness_chart(points, plan.change, plan.labels), "exam-robustness", height=380)
    st.caption(
        f"{points[0].result.images:,} images at each dot, of {plan.sitting.dataset}, the same for "
        "both. Thin bars: where the true share lies (*95 % interval*)."
    )
    lines = [fall_words(points, number, plan) for number in range(len(plan.labels))]
    st.markdown("\n".join(line for line in lines if line))


def fall_words(points: list[Point], number: int, plan: Plan) -> str:
    """How far a network falls; nothing as long as its unchanged score is not measured."""
    found = fall(points, number, plan.change)
    if found is None:
        return ""
    low, high = found.worst.interval
    return (
        f"- {unmarked(plan.labels[number])}: {percent(found.plain.accuracy)} unchanged; at its "
        f"worst, {plan.change.words.format(found.strength)}, **{percent(found.worst.accuracy)}** "
        f"(95 % interval {percent(low)} to {percent(high)})"
    )
