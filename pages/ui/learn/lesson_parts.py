"""What several lessons have: something measured once, and what digits and scores are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.background import OnShare
from core.config import DATASETS
from core.data import DigitDataset
from core.evaluation import Evaluation
from core.lessons.short_runs import ShortRun
from pages.ui.state import server
from pages.ui.widgets.task import follow
from pages.ui.words.numbers import counted, percent

SUM = """<style>
.sum { display: flex; flex-wrap: wrap; gap: .25rem .75rem; line-height: 1.3; }
.sum b { display: block; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
.sum .for { border-bottom: 4px solid #E69F00; }
.sum .against { border-bottom: 4px dotted #56B4E9; }
</style>"""

Work = Callable[[DigitDataset, OnShare], Any]


def measure_once(name: str, what: str, work: Work, show: Callable[[Any], None]) -> None:
    """Measure, and show the result, or how far it is, in room that is kept for it.

    name: of what is measured; what: goes on, in words; work: measures on the digits of the lessons
    and says how far it is; show: shows what it gave.
    """
    digits = server.lesson_digits()
    key = ("lesson", name, digits.name)
    with st.container(key=f"measured-{name.replace(' ', '-')}"):
        follow(key, what, lambda task: work(digits, task.tell), show)


def worked_out(*parts: tuple[str, str, str]) -> None:
    """Large numbers side by side, each with its words below; `for` and `against` have a line."""
    shown = "".join(
        f'<div class="{look}"><b>{said}</b>{words}</div>' for said, words, look in parts
    )
    st.html(f'{SUM}<div class="sum">{shown}</div>')


def source() -> str:
    """What the digits of the lessons are."""
    return DATASETS[server.lesson_digits().name].label


def learned_from(run: ShortRun) -> str:
    """10,000 images of MNIST, 3 epochs."""
    images = run.config.training_images or len(server.lesson_digits().train)
    epochs = "1 epoch" if run.config.epochs == 1 else f"{run.config.epochs} epochs"
    return f"{counted(images, 'image')} of {source()}, {epochs}"


def share(test: Evaluation) -> str:
    """**91.8 %** (90.5 % to 92.9 %)."""
    low, high = (percent(end) for end in test.interval)
    return f"**{percent(test.accuracy)}** ({low} to {high})"


def grade(test: Evaluation) -> str:
    """**91.8 %** (90.5 % to 92.9 %) of 2,000 new images."""
    return f"{share(test)} of {counted(test.images, 'new image')}"


def signed(value: float, decimals: int) -> str:
    """−0.44, with the sign of print."""
    return f"{value:.{decimals}f}".replace("-", "−")
