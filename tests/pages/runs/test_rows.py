"""Which runs are chosen after a click, and what settings are called."""

from __future__ import annotations

from dataclasses import fields

import pytest

from core.config import TrainingConfig
from pages.ui.runs import rows
from pages.ui.runs.compare.names import name_on_chart
from pages.ui.state.visit import Visit
from pages.ui.words.settings import (
    NAMES,
    differences_in_words,
    network_in_words,
    value_in_words,
)


@pytest.mark.parametrize(
    ("clicked", "beside", "chosen"),
    [
        ("a", None, ["a"]),
        ("b", ["a"], ["a", "b"]),
        ("a", ["a", "b"], ["b"]),
        ("g", list("abcdef"), list("abcdef")),
        ("f", list("abcdef"), list("abcde")),
    ],
)
def test_a_name_chooses_one_run_and_a_box_several(monkeypatch, clicked, beside, chosen):
    here = Visit()
    monkeypatch.setattr(rows, "visit", lambda: here)
    rows.choose(clicked, beside)
    assert here.looked_at.chosen == chosen
    assert bool(here.looked_at.problem) == (clicked == "g")


def test_every_setting_has_a_name_and_a_value_in_words():
    assert list(NAMES) == [each.name for each in fields(TrainingConfig)]
    for name in NAMES:
        assert value_in_words(name, getattr(TrainingConfig(), name))


@pytest.mark.parametrize(
    ("settings", "network", "differs"),
    [
        ({}, "784-100-50-10", "as in the tutorial"),
        ({"hidden_sizes": (30,)}, "784-30-10", ""),
        (
            {"architecture": "conv", "learning_rate": 1e-6, "schedule": "cosine"},
            "Convolutional 784-100-50-10",
            "learning rate 0.000001 · cosine learning rate",
        ),
        (
            {"exclude_digits": (7, 8), "label_noise": 0.33, "training_images": 1_000},
            "784-100-50-10",
            "1,000 training images · without 7, 8 · wrong labels 33\u202f%",
        ),
    ],
)
def test_settings_in_a_few_words(settings, network, differs):
    config = TrainingConfig(**settings)
    assert network_in_words(config) == network
    assert differences_in_words(config) == differs


def test_a_name_beside_a_curve_is_short_and_harmless():
    assert name_on_chart("Speckled Hedgehog", 0) == "Speckled<br>Hedgehog"
    assert name_on_chart("Red Fox (race 12)", 0) == "Red<br>Fox<br>(race 12)"
    assert name_on_chart("<b>x</b>", 0) == "&lt;b&gt;x&lt;/b&gt;"
    assert name_on_chart("a" * 40, 0) == "a" * 10 + "…"
    assert name_on_chart("Same", 1) != name_on_chart("Same", 2)
