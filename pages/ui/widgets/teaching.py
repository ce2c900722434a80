"""A network goes on learning from people here: the button, how far it is, three scores, undo.

Room and Predict show it. Who teaches is the page's to say; what is measured is the business of
core/room/learning.py.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import streamlit as st

from core.background import Refused
from core.config import DATASETS
from pages.ui.state.networks import Network, ask_network
from pages.ui.state.teaching import Taught, Teacher, adopt, begin, result_of, task_of, undo
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.network_picker import model_of
from pages.ui.widgets.task import follow, is_going
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import counted, percent

if TYPE_CHECKING:
    from core.evaluation import Evaluation

BEFORE, AFTER = "Before", "After"

STYLE = """<style>
.taught { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.5rem 1.5rem; }
.taught > div { min-height: 6.5rem; }
.taught b { display: block; font-size: 1.7rem; line-height: 1.25; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.taught b i { font-style: normal; font-weight: 400; opacity: 0.75; }
.taught small { display: block; line-height: 1.35; }
.st-key-teaching-result { min-height: 7rem; }
@media (max-width: 640px) {
  .taught { grid-template-columns: minmax(0, 1fr); }
  .st-key-teaching-result { min-height: 21rem; }
}
</style>"""


def teach(
    teacher: Teacher, network: Network, button: str, others: str, has_digits: bool = True
) -> None:
    """Let `network` go on learning from this teacher, and show what came of it.

    button: what it says; others: whose digits judge, in the first score's words; has_digits:
    whether there are any to learn from.
    """
    task, done = task_of(teacher), result_of(teacher)
    if done is not None and adopt(done):
        st.rerun()  # it is the network in use now, all over the page
    st.html(STYLE)
    show_controls(teacher, network, button, has_digits)
    with st.container(key="teaching-result"):
        if task is None or task.done or task.stopped:
            show_scores(done, others)
        elif task.error and not isinstance(task.error, Refused):
            st.warning("The app made a mistake while it learned. Press the button again.")
        else:
            key = visit().lessons[teacher.key]
            follow(key, "It learns, and is examined", lambda task: None, lambda found: None)


def show_controls(teacher: Teacher, network: Network, button: str, has_digits: bool) -> None:
    """The button, Before and After, and what undoes it."""
    task, done = task_of(teacher), result_of(teacher)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        pressed = st.button(
            button,
            type="primary",
            icon=":material/model_training:",
            disabled=is_going(task) or not has_digits,
            help=tip("teach from drawings"),
            key=f"teach-{teacher.key}",
        )
        show_sides(teacher, network, done)
    if pressed and (model := model_of(network)) is not None:
        begin(teacher, network, model)
        st.rerun()


def show_sides(teacher: Teacher, network: Network, done: Taught | None) -> None:
    """The network before and after, to go back and forth; and undo. They keep their place."""
    before_or_after = st.segmented_control(
        "Network before or after",
        [BEFORE, AFTER],
        default=AFTER if done and network.key == done.key else BEFORE,
        required=True,
        disabled=done is None,
        key=f"sides-{teacher.key}-{network.key}",
        label_visibility="collapsed",
    )
    if done is not None:
        wanted = done.key if before_or_after == AFTER else done.before
        if wanted != network.key and network.key in (done.key, done.before):
            ask_network(wanted)
            st.rerun()
    if st.button(
        "Forget it",
        icon=":material/undo:",
        disabled=done is None,
        help=tip("forget it"),
        key=f"unteach-{teacher.key}",
    ):
        undo(teacher, done)
        st.rerun()


def show_scores(done: Taught | None, others: str) -> None:
    """Three numbers before and after, with their intervals; dashes until they are measured."""
    learned = done.learned if done else None
    if learned is None:
        name, scores = DATASETS["mnist"].label, [None, None, None]
    else:
        name = DATASETS[learned.old_name].label
        scores = [learned.others, learned.old, (learned.old[0], learned.forgetful)]
    titles = [others, f"{name}’s test digits", "The same, without a memory of old digits"]
    cards = map(score_html, titles, scores)
    st.html(f'<div class="taught" role="status">{"".join(cards)}</div>')


def score_html(title: str, pair: tuple[Evaluation, Evaluation] | None) -> str:
    """One score before and after."""
    if pair is None:
        return f"<div><small>{html.escape(title)}</small><b>–</b></div>"
    before, after = pair
    intervals = " → ".join("–".join(map(percent, each.interval)) for each in pair)
    said = f"{counted(after.images, 'digit')}; 95 % intervals {intervals}"
    return (
        f"<div><small>{html.escape(title)}</small>"
        f"<b><i>{html.escape(percent(before.accuracy))} →</i> "
        f"{html.escape(percent(after.accuracy))}</b><small>{html.escape(said)}</small></div>"
    )
