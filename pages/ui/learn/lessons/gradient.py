"""Lesson 6: one weight moved by hand downhill, then learning rates and Adam on short real runs."""

from __future__ import annotations

import streamlit as st

from core.charts.lessons.lines import smoothed_losses
from core.lessons.comparisons import compare_rates
from core.lessons.one_weight import WARM_UP, OneWeight
from core.lessons.short_runs import ShortRun
from pages.ui.learn.curve import draggable_curve
from pages.ui.learn.lesson_parts import learned_from, measure_once, share, signed, worked_out
from pages.ui.state import server
from pages.ui.state.visit import visit
from pages.ui.widgets.live_plot import show_chart

RATES = {"Small (0.1)": 0.1, "Fitting (1)": 1.0, "Too large (10)": 10.0}  # for this one weight
TANGENT = 1.2  # how far the drawn slope reaches to either side
SPAN = 10  # steps over which the curves of the runs are averaged
TOP = 3.0  # of the losses' axis: a network that guesses has 2.3


@st.fragment
def show() -> None:
    """The curve of the loss over one weight, its slope, and a step."""
    digits = server.lesson_digits()
    weight = server.kept().get_or_make(("one weight", digits.name), lambda: OneWeight(digits))
    moves, value = visit().learn.weight or (0, weight.reach[0] + 0.5)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rate = st.segmented_control(
            "Learning rate", list(RATES), default="Fitting (1)", required=True, key="lesson-rate"
        )
        st.button(
            "One step downhill",
            icon=":material/south_east:",
            on_click=_move_to,
            args=(weight.step(value, RATES[rate]),),
        )
    with st.container(key="worked-out-step"):
        _explain(weight, value, RATES[rate])
    _draw(weight, moves, value)


def reveal() -> None:
    """Four short runs, in which all weights move."""
    measure_once("gradient", "Four networks learn, each with other steps", compare_rates, _compare)


def _move_to(value: float) -> None:
    moves, _ = visit().learn.weight or (0, value)
    visit().learn.weight = (moves + 1, value)


def _draw(weight: OneWeight, moves: int, value: float) -> None:
    values, losses = weight.curve
    answer, unit = weight.name
    draggable_curve(
        (values.tolist(), losses.tolist()),
        (value, weight.loss_at(value)),
        "weight-curve",
        handle=f"The weight from hidden unit {unit + 1} to the answer {answer}",
        says="Weight {x}: loss {y}",
        titles=(
            f"one of {weight.all_weights:,} weights, after {WARM_UP} steps",
            f"loss of {weight.images} images",
        ),
        decimals=(3, 3),
        turn=str(moves),
        tangent=weight.tangent(value, TANGENT),
        top=1.05 * float(losses.max()),
        above=8,
        on_move=_move_to,
    )


def _explain(weight: OneWeight, value: float, rate: float) -> None:
    slope, following = weight.printed_slope(value), weight.step(value, rate)
    if not slope:
        worked_out(("0.00", "slope: flat ground, no step", ""))
        return
    sign, way = ("−", "smaller") if slope > 0 else ("+", "larger")
    step = f"{rate * abs(slope):.3f}"
    worked_out(
        (signed(slope, 2), f"slope: a {way} weight is better", ""),
        (f"{rate:g} × {abs(slope):.2f} = {step}", "learning rate × slope = step", ""),
        (
            f"{signed(value, 3)} {sign} {step} = {signed(value - rate * slope, 3)}",
            "the next weight" + ("" if following not in weight.reach else ", beyond the edge"),
            "",
        ),
    )


def _compare(runs: dict[str, ShortRun]) -> None:
    losses = {_label(name, run): run.losses for name, run in runs.items()}
    show_chart(
        smoothed_losses(losses, SPAN, top=TOP),
        key="rate-runs",
        alt="The loss of four runs, each with its own learning rate",
    )
    rows = "".join(f"| {_label(name, run)} | {_end(run)} |\n" for name, run in runs.items())
    st.markdown(f"| optimiser, learning rate | right, of new images |\n|---|---|\n{rows}")
    st.caption(f"Learned from {learned_from(next(iter(runs.values())))}.")
    highest = max(max(run.losses) for run in runs.values())
    if highest > TOP:
        st.caption(f"The chart ends at {TOP:g}; the highest loss was {highest:.0f}.")


def _label(name: str, run: ShortRun) -> str:
    kind = "Adam" if name == "Adam" else "SGD"
    return f"{kind} {run.config.learning_rate:g}"


def _end(run: ShortRun) -> str:
    """How a run ended, in a few words."""
    if run.test is None:
        return f"after {len(run.losses)} steps the loss was no number"
    return share(run.test)
