"""Lesson 6: one weight moved by hand downhill, then learning rates and Adam on short real runs."""

from __future__ import annotations

import streamlit as st

from core.charts.lessons.lines import curve_with_point, smoothed_losses
from core.lessons.comparisons import compare_rates
from core.lessons.one_weight import WARM_UP, OneWeight
from core.lessons.short_runs import ShortRun
from pages.ui.learn.lesson_parts import grade, measure_once, show_chart, source
from pages.ui.state import server
from pages.ui.state.visit import visit

RATES = {"small (0.1)": 0.1, "fitting (1)": 1.0, "too large (10)": 10.0}  # for this one weight
TANGENT = 1.2  # how far the drawn slope reaches to either side
SPAN = 10  # batches over which the curves of the runs are averaged
TOP = 3.0  # of the losses' axis: a network that guesses has 2.3


def show() -> None:
    """The weight; then four short runs."""
    digits = server.lesson_digits()
    key = ("one weight", digits.name)
    _move(server.kept().get_or_make(key, lambda: OneWeight(digits)))
    st.markdown(
        "**All weights at once.** Four short runs, with different steps. Now every weight moves, "
        "and other learning rates fit:"
    )
    measure_once("gradient", "Four networks learn, each with other steps", compare_rates, _compare)


@st.fragment
def _move(weight: OneWeight) -> None:
    """The curve of the loss over one weight, its slope, and a step."""
    low, high = (round(end, 2) for end in weight.reach)
    moves, value = visit().learn.weight or (0, low + 0.5)
    key = f"weight-{moves}"
    shown = round(value, 2)
    moved = st.slider("The weight", low, high, shown, 0.01, key=key)
    rate = st.segmented_control(
        "Learning rate",
        list(RATES),
        default="fitting (1)",
        required=True,
        key="lesson-rate",
    )
    value = value if moved == shown else float(moved)  # a step may end between two marks
    loss, slope = weight.loss_at(value), weight.slope_at(value)
    following = weight.step(value, RATES[rate])

    def take_a_step() -> None:
        visit().learn.weight = (moves + 1, following)

    st.button("One step downhill", icon=":material/south_east:", on_click=take_a_step)
    _draw(weight, value, loss, slope)
    direction = "down" if slope > 0 else "up" if slope < 0 else "nowhere"
    st.markdown(
        f"Here the loss is **{loss:.3f}** and the slope (*gradient*) **{slope:.3f}**. So the "
        f"weight should go {direction}. Step = {RATES[rate]:g} × {abs(slope):.3f} = "
        f"**{RATES[rate] * abs(slope):.3f}**, which leads to {following:.2f}, where the loss is "
        f"**{weight.loss_at(following):.3f}**."
        + (" (The step ends at the edge of the chart.)" if following in weight.reach else "")
    )
    answer, unit = weight.name
    st.caption(
        f"A tutorial network learns {weight.all_weights:,} numbers. This is one of them after "
        f"{WARM_UP} batches: the weight from hidden unit {unit} to the answer {answer}. The loss "
        f"is the mean over {weight.images} images ({source()}), computed anew for every "
        "point; all other weights stay as they are. The dashed line shows the slope."
    )


def _draw(weight: OneWeight, value: float, loss: float, slope: float) -> None:
    values, losses = weight.curve()
    figure = curve_with_point(
        (values.tolist(), losses.tolist()),
        (value, loss),
        ("The weight", "Loss of the batch"),
        tangent=weight.tangent(value, TANGENT),
        reach=weight.reach,
        top=1.05 * float(losses.max()),
    )
    show_chart(
        figure,
        key="weight-curve",
        alt=f"The loss over one weight, a valley. At {value:.2f} the loss is {loss:.3f} and the "
        f"slope {slope:.3f}",
    )


def _compare(runs: dict[str, ShortRun]) -> None:
    show_chart(
        smoothed_losses(
            {_label(name, run): run.losses for name, run in runs.items()}, SPAN, top=TOP
        ),
        key="rate-runs",
        alt="The loss of four runs. " + " ".join(_end(name, run) for name, run in runs.items()),
    )
    st.markdown("\n".join(f"- {_end(name, run)}" for name, run in runs.items()))
    first = next(iter(runs.values()))
    images = len(server.lesson_digits().train)
    highest = max(max(run.losses) for run in runs.values())
    cut = f" The chart ends at {TOP:g}; the highest loss was {highest:.0f}." * (highest > TOP)
    st.caption(f"{source()}, {images:,} training images, {first.config.epochs} epochs each.{cut}")


def _label(name: str, run: ShortRun) -> str:
    kind = "" if name == "Adam" else "SGD, "
    return f"{kind}{name} ({run.config.learning_rate:g})"


def _end(name: str, run: ShortRun) -> str:
    """How a run ended, in a sentence."""
    if run.test is None:
        return f"**{_label(name, run)}**: after {len(run.losses)} batches the loss was no number."
    return f"**{_label(name, run)}** read {grade(run.test)}."
