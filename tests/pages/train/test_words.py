"""How Train says what a network is and how far a run is, and how often it looks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.config import CHANNELS, PRESETS, TrainingConfig
from core.runs.snapshot import JobSnapshot, JobState
from pages.ui.train.progress_and_result import progress_in_words, waiting_in_words
from pages.ui.train.settings.network_drawing import layer_columns, network_html
from pages.ui.train.settings.presets import OWN, preset_of, told
from pages.ui.train.watch import SELDOM, rhythm
from pages.ui.widgets.task import POLL

TUTORIAL = TrainingConfig()
HALFWAY = JobSnapshot(
    id="a",
    config=TUTORIAL,
    state=JobState.RUNNING,
    message="",
    share_prepared=1.0,
    place_in_line=0,
    waiting_seconds=0.0,
    iteration=645,
    total_iterations=1_290,
    iterations_per_epoch=430,
    losses=np.zeros(645, np.float32),
    validation=(),
    seconds=1.0,
    iterations_per_second=620.4,
    test=None,
    error=None,
    save_error="",
)


@pytest.mark.parametrize(
    ("state", "place", "every"),
    [
        (JobState.RUNNING, 0, POLL),
        (JobState.WAITING, 1, POLL),
        (JobState.WAITING, 2, POLL),
        (JobState.WAITING, 3, SELDOM),
        (JobState.PAUSED, 0, None),
        (JobState.FINISHED, 0, None),
    ],
)
def test_a_run_behind_others_is_looked_at_less_often_until_its_turn_is_near(state, place, every):
    assert rhythm(replace(HALFWAY, state=state, place_in_line=place)) == every


def test_the_tutorial_network_in_one_line():
    assert told(TUTORIAL) == "A good first network. 3 rounds (*epochs*) through MNIST."


def test_of_own_settings_it_is_told_what_is_not_usual():
    config = TUTORIAL.changed(
        dataset="generated",
        architecture="conv",
        epochs=1,
        training_images=3_000,
        exclude_digits=(7, 9),
        label_noise=0.25,
        harder_batches=True,
        dropout=0.2,
    )
    assert told(config).replace("\u202f", " ") == (
        "Own settings: Convolutional 784-100-50-10 · Built-in handwriting · "
        "3,000 training images · without 7, 9 · wrong labels 25 % · harder batches · dropout 0.2 · "
        "1 epoch"
    )


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_known_by_its_settings_whatever_the_dataset(name):
    config = PRESETS[name].config.changed(dataset="generated")
    assert preset_of(config) == name


def test_own_settings_have_no_name():
    config = TUTORIAL.changed(seed=77)
    assert preset_of(config) == OWN


@pytest.mark.parametrize(
    ("state", "rate", "said"),
    [
        (
            "running",
            620.4,
            " is learning: {far} · about 1 second to go",
        ),
        ("paused", 0.0, ": {far} · paused"),
        ("stopped", 0.0, ": {far} · stopped"),
    ],
)
def test_how_far_a_run_is(state, rate, said):
    seen = replace(HALFWAY, state=JobState(state), iterations_per_second=rate)
    far = "round 2 of 3 (*epoch*), batch 645 of 1,290"
    assert progress_in_words(seen) == f"**{seen.name}**{said.format(far=far)}"


@pytest.mark.parametrize(
    ("place", "said"), [(1, "You are next"), (2, "1 run ahead"), (3, "2 runs ahead")]
)
def test_how_long_it_waits(place, said):
    seen = replace(HALFWAY, place_in_line=place, waiting_seconds=40)
    assert waiting_in_words(seen) == (
        f"Waiting for a free place on the server. {said}. Your turn comes in about 40 seconds."
    )


def test_the_drawing_shows_every_layer():
    config = TUTORIAL.changed(architecture="conv", hidden_sizes=(64,))
    sizes = [column.size for column in layer_columns(config)]
    assert sizes == [784, *CHANNELS, 64, 10]
    assert 'alt="A network: 784 pixels, then 16 filters 1, ' in network_html(config)
