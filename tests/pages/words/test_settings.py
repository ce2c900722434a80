"""What settings are called."""

from __future__ import annotations

from dataclasses import fields

import pytest

from core.config import TrainingConfig
from pages.ui.words.settings import (
    NAMES,
    differences_in_words,
    in_a_line,
    network_in_words,
    value_in_words,
)


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
    assert in_a_line(config) == (f"{network} · {differs}" if differs else network)
