"""What if the digits move? Two networks side by side, measured in the background."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.charts.exam import robustness_chart
from pages.ui import state
from pages.ui.exam.choice import Sitting, choose_network, model_of
from pages.ui.widgets.live_plot import live_plot
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from torch import nn

    from core.exam.robustness import Change, Point, Sweep

POLL = 0.4  # seconds between two looks at a sweep that goes on


@dataclass(frozen=True)
class Plan:
    """What is to be measured; `key` is the same only for the same networks, images and change."""

    key: Hashable
    sitting: Sitting
    change: Change
    labels: list[str]
    models: list[nn.Module]


def show_robustness(sitting: Sitting) -> None:
    """Choose a second network and a change, then measure."""
    from core.exam.robustness import CHANGES, IMAGES

    other = choose_network("Beside it", "exam-other", without=sitting.network.key)
    name = st.segmented_control(
        "What happens to the digits",
        list(CHANGES),
        format_func=lambda each: CHANGES[each].label,
        default="shift",
        required=True,
        key="exam-change",
        persist_state="session",
    )
    images = min(IMAGES, len(sitting.digits))
    st.markdown(
        f"{CHANGES[name].description} Measured on {images:,} images of {sitting.dataset}, the same "
        "ones for both networks."
    )
    plan = make_plan(sitting, other, name)
    if plan:
        going = is_going()
        st.fragment(watch, run_every=POLL if going else None)(plan, going)


def make_plan(sitting: Sitting, other: state.Network, name: str) -> Plan | None:
    """The two networks, or None, and why, where the second cannot be had."""
    from core.exam.robustness import CHANGES
    from core.exam.sitting import fingerprint

    model = model_of(other)
    if model is None:
        return None
    models = [sitting.model, model]
    key = ("sweep", name, sitting.key[1], *(fingerprint(each) for each in models))
    return Plan(key, sitting, CHANGES[name], [sitting.network.label, other.label], models)


def newest_sweep() -> tuple[Hashable, Sweep] | tuple[None, None]:
    """The sweep that this visitor started last, with its plan's key."""
    return state.recall("exam-sweep", (None, None))


def is_going() -> bool:
    """Whether a sweep of this visitor goes on."""
    _, sweep = newest_sweep()
    return sweep is not None and not sweep.over


def watch(plan: Plan, going: bool) -> None:
    """One look. `going`: whether a sweep went on when the page was built."""
    if is_going() != going:
        st.rerun()  # the page changes with it: another rhythm, other buttons
    key, sweep = newest_sweep()
    if sweep and sweep.complete:
        state.results().keep(key, sweep.points())
    points = state.results().get(plan.key) or (sweep.points() if key == plan.key else [])
    if key == plan.key and going:
        st.progress(
            len(points) / sweep.total, text=f"{len(points)} of {sweep.total} measurements done"
        )
        st.button("Stop", icon=":material/stop:", on_click=sweep.stop)
    elif len(points) < len(plan.models) * len(plan.change.strengths):
        st.button(
            "Measure", type="primary", icon=":material/play_arrow:", on_click=start, args=(plan,)
        )
    if points:
        show_points(points, plan)


def start(plan: Plan) -> None:
    """Begin to measure; a sweep that still goes on is stopped."""
    from core.exam.robustness import Sweep, sample

    _, running = newest_sweep()
    if running:
        running.stop()
    sweep = Sweep(plan.models, sample(plan.sitting.digits), plan.change)
    state.keep("exam-sweep", (plan.key, sweep))


def show_points(points: list[Point], plan: Plan) -> None:
    """The chart so far, and the largest fall of each network in words, with intervals."""
    live_plot(robustness_chart(points, plan.change, plan.labels), "exam-robustness", height=380)
    st.caption(f"{points[0].result.images:,} images at each dot. Whiskers: 95 % intervals.")
    lines = [fall_words(points, number, plan) for number in range(len(plan.labels))]
    st.markdown("\n".join(line for line in lines if line))


def fall_words(points: list[Point], number: int, plan: Plan) -> str:
    """How far a network falls; nothing as long as its unchanged score is not measured."""
    own = {point.strength: point.result for point in points if point.network == number}
    plain = own.get(plan.change.neutral)
    if plain is None:
        return ""
    strength, worst = min(own.items(), key=lambda item: item[1].accuracy)
    low, high = worst.interval
    return (
        f"- {plan.labels[number]}: {percent(plain.accuracy)} unchanged; at its worst, "
        f"{plan.change.words.format(strength)}, **{percent(worst.accuracy)}** "
        f"(95 % interval {percent(low)} to {percent(high)})"
    )
