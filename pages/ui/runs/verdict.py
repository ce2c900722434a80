"""Which of two networks reads better: both read the very same test images, one by one."""

from __future__ import annotations

import html

import numpy as np
import streamlit as st
import torch

from core.charts.mosaics import digits_mosaic
from core.config import DATASETS
from core.data import Digits
from core.exam.sitting import Exam
from core.runs.comparison import Verdict, compare, readers_of
from core.runs.kept.store import RunSummary
from pages.ui.runs.listing import is_going
from pages.ui.state import server
from pages.ui.state.networks import Network
from pages.ui.widgets.dataset_picker import is_at_hand, load
from pages.ui.widgets.network_picker import model_of
from pages.ui.widgets.pictures import mosaic_html
from pages.ui.widgets.task import wait_for_exam
from pages.ui.words.numbers import percent

MOST, COLUMNS = 24, 8  # images of a wall, and of its row


def show_verdict(runs: list[RunSummary], names: list[str]) -> None:
    """In words, with what only one of the two reads; a sentence where that cannot be measured."""
    on = exam_digits(runs)
    if any(is_going(run.id) for run in runs):
        st.markdown("Which is better is measured when both have come to their end.")
        return
    if not is_at_hand(on):
        st.markdown(
            f"The test images of {DATASETS[on].label} are not on this server, so nobody can say "
            "image by image which is better. Data and Exam fetch them."
        )
        return
    dataset = load(server.board().shelf, on)
    if dataset is None:
        return
    exams = []
    for run, name in zip(runs, names, strict=True):
        model = model_of(Network(run.id, name, "", lambda run=run: network_of(run.id)))
        exam = model and wait_for_exam(model, dataset.test, on)
        if exam is None:
            return
        exams.append(exam)
    say(exams, names, dataset.test, DATASETS[on].label)


def exam_digits(runs: list[RunSummary]) -> str:
    """A dataset whose test images both can read: their own, or MNIST where they have not one."""
    names = {run.config.dataset for run in runs}
    if len(names) == 1:
        return names.pop()
    return "mnist" if is_at_hand("mnist") else "generated"


def network_of(run_id: str) -> torch.nn.Module:
    """From memory or from disk. Raises RunError."""
    job = server.board().get(run_id)
    return job.network() if job else server.board().store.load(run_id).model()


def say(exams: list[Exam], names: list[str], test: Digits, label: str) -> None:
    """The verdict, and a wall for each of the two."""
    answers = [torch.from_numpy(exam.answers) for exam in exams]
    st.html(verdict_html(compare(*answers, test.labels), names, len(test), label))
    first, second = readers_of(answers, test.labels).numpy()
    walls = zip(names, (first & ~second, second & ~first), strict=True)
    for column, (name, read) in zip(st.columns(2), walls, strict=True):
        column.html(wall_html(name, np.flatnonzero(read), test))


def verdict_html(verdict: Verdict, names: list[str], images: int, label: str) -> str:
    """Who is better, by which images, and how likely that is by chance alone."""
    first, second = (html.escape(name) for name in names)
    title = "Too close to call"
    if verdict.better is not None:
        title = f"{(first, second)[verdict.better]} is better"
    return (
        f'<h3 data-testid="verdict">{title}</h3>'
        f"<p>Of {images:,} test images ({html.escape(label)}), only {first} reads "
        f"<b>{verdict.only_first:,}</b>, only {second} reads <b>{verdict.only_second:,}</b>. Were "
        f"both equally good, chance would split them so unevenly in "
        f"{html.escape(percent(verdict.chance))} of cases (<i>McNemar's test</i>).</p>"
    )


def wall_html(name: str, found: np.ndarray, test: Digits) -> str:
    """The first of the images, int64 (N,), that this network alone reads."""
    said = f"Only {html.escape(name)} reads these"
    if not len(found):
        return f"<small>{said}: none</small>"
    images = test.images[torch.from_numpy(found[:MOST])].numpy() / 255
    more = f" and {len(found) - MOST:,} more" if len(found) > MOST else ""
    return f"<small>{said}{more}</small><br>{mosaic_html(digits_mosaic(images, COLUMNS), said)}"
