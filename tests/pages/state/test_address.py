"""A lesson leads to Train with settings of its own and is found again; wrong addresses do not."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from core.config import TrainingConfig
from pages.ui.learn.course import LESSONS
from pages.ui.state.address import experiment

OTHER = TrainingConfig(seed=7)


def page_of_an_experiment() -> None:
    """What Train asks of the address, for a visitor who has had a run and other settings."""
    import streamlit as st

    from core.config import TrainingConfig
    from pages.ui.state import address
    from pages.ui.state.visit import visit

    if not visit().runs:
        visit().runs, visit().train.settings = ["older"], TrainingConfig(seed=7)
    config = address.settings()
    address.keep_settings(config)
    st.json(config.to_dict())
    st.caption(f"{address.lesson_behind()} {address.current_run_id()}")
    st.button("change", on_click=lambda: address.keep_settings(config.changed(epochs=9)))
    st.button("start", on_click=address.follow_run, args=("newer",))


def opened(**query: str) -> AppTest:
    page = AppTest.from_function(page_of_an_experiment)
    for name, value in query.items():
        page.query_params[name] = value
    return page.run()


def shown(page: AppTest) -> tuple[TrainingConfig, str]:
    """The settings, and the lesson and the run."""
    assert not page.exception
    return TrainingConfig.from_dict(json.loads(page.json[0].value)), page.caption[0].value


@pytest.mark.parametrize("config", [TrainingConfig(), TrainingConfig(hidden_sizes=(), epochs=2)])
def test_a_lesson_brings_its_settings_and_no_older_run(config):
    page = opened(**experiment(config, 3))
    assert shown(page) == (config, "3 None")


def test_what_is_changed_in_an_experiment_stays_and_so_does_the_way_back():
    page = opened(**experiment(TrainingConfig(), 10))
    page.button[0].click().run()
    page.button[1].click().run()
    assert shown(page) == (TrainingConfig(epochs=9), "10 newer")


@pytest.mark.parametrize(
    "wrong", ["", "3", "lesson-0", f"lesson-{len(LESSONS) + 1}", "lesson-03", "<b>lesson-1</b>"]
)
def test_from_nowhere_it_is_a_page_like_any_other(wrong):
    page = opened(**{"from": wrong})
    assert shown(page) == (OTHER, "None older")
