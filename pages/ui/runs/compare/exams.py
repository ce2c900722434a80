"""The exams of the runs that are compared, all on the very same test images."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
import torch
from torch import nn

from core.config import DATASETS
from core.data import Digits
from core.exam.sitting import Exam
from core.runs.kept.store import RunSummary
from pages.ui.runs.listing import is_going
from pages.ui.state import server
from pages.ui.state.networks import Network
from pages.ui.widgets.choosing.dataset_picker import is_at_hand, load
from pages.ui.widgets.choosing.network_picker import model_of
from pages.ui.widgets.task import wait_for_exam


@dataclass(frozen=True, eq=False)
class Exams:
    """What each network said to the same images; `label` is what these are called."""

    each: list[Exam]
    test: Digits
    label: str

    @property
    def answers(self) -> list[torch.Tensor]:
        """int64 (N,) of each network."""
        return [torch.from_numpy(exam.answers) for exam in self.each]


def exams_of(runs: list[RunSummary]) -> Exams | None:
    """Sat now or remembered; None, and why, where they cannot be had."""
    on = exam_digits(runs)
    if any(is_going(run.id) for run in runs):
        st.markdown("Which is better is measured when all have come to their end.")
        return None
    if not is_at_hand(on):
        st.markdown(
            f"The test images of {DATASETS[on].label} are not on this server, so nobody can say "
            "image by image which is better. Data and Exam fetch them."
        )
        return None
    dataset = load(server.board().shelf, on)
    if dataset is None:
        return None
    exams = []
    for run in runs:
        model = model_of(as_network(run))
        exam = model and wait_for_exam(model, dataset.test, on)
        if exam is None:
            return None
        exams.append(exam)
    return Exams(exams, dataset.test, DATASETS[on].label)


def exam_digits(runs: list[RunSummary]) -> str:
    """A dataset whose test images all can read: their own, or MNIST where they have not one."""
    names = {run.config.dataset for run in runs}
    if len(names) == 1:
        return names.pop()
    return "mnist" if is_at_hand("mnist") else "generated"


def as_network(run: RunSummary) -> Network:
    """A run as a network that can be asked."""
    return Network(run.id, run.name, "", lambda: network_of(run.id))


def network_of(run_id: str) -> nn.Module | None:
    """From memory or from disk; None while it is being built. Raises RunError."""
    job = server.board().get(run_id)
    return job.network() if job else server.board().store.network(run_id)
