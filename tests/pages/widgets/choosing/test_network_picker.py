"""The list of networks: scores on other digits do not compare, so each says of what it is."""

from __future__ import annotations

import pytest

from core.config import TrainingConfig
from core.networks.scores import accuracy
from core.runs.kept.store import RunStore
from pages.ui.words.numbers import percent
from tests.finished_run import finished_run
from tests.pages.app import dropdown, open_page


@pytest.mark.usefixtures("fresh_server")
def test_the_list_says_of_what_each_score_is_and_the_button_stays_short():
    run = finished_run(TrainingConfig(dataset="generated"), id="kept-on-disk")
    RunStore().save(run)
    button = dropdown(open_page("predict", run=run.id), "Network")
    said = f"{run.name}, {percent(run.test.accuracy)}"
    assert button.label == f"Network: {said}"
    assert button.options == [
        f"{said} of built-in handwriting",
        f"the built-in network, {percent(accuracy('default'))} of MNIST",
        f"the tutorial network, {percent(accuracy('tutorial'))} of MNIST",
    ]
