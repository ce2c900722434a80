"""How fast a run goes until something is chosen, and which choices of a browser are taken back."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.config import TrainingConfig
from pages.ui.state import speed


@pytest.mark.parametrize(
    ("settings", "batches"),
    [
        ({}, 3 * 430),
        ({"training_images": 1_000, "epochs": 2}, 2 * 8),
        ({"dataset": "generated", "training_images": 50_000}, 3 * 149),
        ({"dataset": "generated", "batch_size": 100, "epochs": 1}, 190),
        ({"exclude_digits": (3, 7), "batch_size": 1_000, "epochs": 1}, 44),
    ],
)
def test_a_run_that_nothing_is_chosen_for_takes_about_twelve_seconds(settings, batches):
    config = TrainingConfig().changed(**settings)
    limit = speed.batches_a_second(speed.WATCHABLE, config)
    assert batches / limit == pytest.approx(12)
    assert speed.name_of(limit, config) == speed.WATCHABLE


def test_every_other_speed_is_the_same_for_every_run():
    for name in [each for each in speed.SPEEDS if each != speed.WATCHABLE]:
        limit = speed.batches_a_second(name, TrainingConfig())
        assert limit == speed.batches_a_second(name, TrainingConfig(epochs=9))
        assert speed.name_of(limit, TrainingConfig()) == name


def visitor() -> None:
    """What the browser kept comes before the page runs."""
    import streamlit as st

    from pages.ui.state import browser, speed

    if "choice" in st.session_state:
        speed.choose(st.session_state["choice"])
    if "kept" in st.session_state:
        browser.hear(speed.NAME, st.session_state["kept"], speed._hear)
    st.caption(speed.chosen())


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"kept": ["as fast as it goes"]}, "as fast as it goes"),
        ({"kept": ["as fast as light"]}, speed.WATCHABLE),
        ({"kept": [["1 batch a second"]]}, speed.WATCHABLE),
        ({"kept": {"0": "1 batch a second"}}, speed.WATCHABLE),
        ({"kept": ["as fast as it goes"], "choice": "1 batch a second"}, "1 batch a second"),
    ],
)
def test_a_choice_comes_back_from_the_browser_unless_it_is_none_or_there_is_a_newer(before, now):
    page = AppTest.from_function(visitor)
    for name, value in before.items():
        page.session_state[name] = value
    assert page.run().caption[0].value == now
