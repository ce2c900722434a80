"""Runs on disk for the tests of Runs, and the page of the browser that they belong to."""

from __future__ import annotations

import numpy as np
import torch

from core.config import TrainingConfig
from core.evaluation import Evaluation
from core.model import build_model
from core.runs.kept.run import Origin, Run
from core.runs.kept.store import RunStore
from pages.ui.state.visit import KEY
from tests.finished_run import OWNER, finished_run
from tests.pages.app import all_handed_over, handed_over, open_page

MINE, OTHERS = OWNER, "b" * 22
NASTY = "<img src=x>**[a](b)"


def keep(
    run_id: str,
    *,
    right: int = 90,
    begun: str = "2026-01-01",
    checkpoint: bytes | None = b"where it was",
    **changes,
) -> Run:
    """A run on disk whose network is untrained; `right` of 100 images in its exam."""
    config = TrainingConfig(dataset="generated", **changes.pop("config", {}))
    confusion = torch.zeros(10, 10, dtype=torch.int64)
    confusion[0, 0], confusion[0, 1] = right, 100 - right
    torch.manual_seed(len(run_id) + right)
    whole = {
        "losses": np.array([2.3, 1.1, 0.5], dtype=np.float32),
        "validation": (),
        "test": Evaluation(0.25, confusion),
        "origin": Origin(owner=MINE, begun=begun),
    }
    run = finished_run(config, id=run_id, **whole | changes)
    RunStore().save(run, checkpoint)
    return run


def open_runs(*chosen: str):
    """The page of the browser MINE, on which these are chosen."""
    page = open_page("runs")
    page.session_state[KEY].owners = [MINE]
    page.session_state[KEY].looked_at.chosen = list(chosen)
    page.run()
    assert not page.exception
    return page


def rows(page) -> list[dict]:
    """What the list says, row by row."""
    return handed_over(page, "rows")["rows"]


def chart(page, key: str) -> dict | None:
    """The live chart with this key; None where it is not on the page."""
    return next((each["chart"] for each in all_handed_over(page) if each.get("key") == key), None)


def button(page, key: str):
    """The button with this key; None where it is not on the page."""
    return next((each for each in page.button if each.key == key), None)


def reading_only(digit: int) -> dict[str, torch.Tensor]:
    """Weights of a network that answers this digit whatever it sees."""
    model = build_model(TrainingConfig())
    for parameter in model.parameters():
        torch.nn.init.zeros_(parameter)
    list(model.parameters())[-1].data[digit] = 1.0
    return model.state_dict()
