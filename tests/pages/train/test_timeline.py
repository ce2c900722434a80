"""What the browser is given to go back in a run: the moments, the film, and when.

What it makes of it is tested in tests/browser/test_at_work.py and test_training.py.
"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.app import all_handed_over, open_page, texts, wait_for_end

pytestmark = pytest.mark.usefixtures("fresh_server")


def given(page: AppTest, name: str) -> list[dict]:
    """What each component was handed that has something of this name."""
    return [each for each in all_handed_over(page) if name in each]


def test_before_a_run_the_timeline_is_there_and_empty(page):
    (timeline,) = given(page, "remembered")
    assert (timeline["total"], timeline["remembered"]) == (0, [])
    assert given(page, "film") == []


def test_the_film_of_a_run_has_all_its_moments_also_after_a_reload(page):
    page.button(key="start").click().run()
    wait_for_end(page)
    (timeline,), (sent,) = given(page, "remembered"), given(page, "film")
    film = sent["film"]
    assert timeline["total"] == 8
    assert timeline["remembered"] == film["at"] == list(range(9))
    assert film["run"] == page.query_params["run"]
    again = open_page("train", run=page.query_params["run"])
    assert given(again, "film")[0]["film"] == film


def test_a_film_stays_when_the_networks_of_its_moments_are_forgotten(page):
    from pages.ui.state import server

    page.button(key="start").click().run()
    wait_for_end(page)
    before = given(page, "film")
    (job,) = server.board().jobs()
    job.memory.clear_moments()
    assert "way back" not in texts(page)
    page.run()
    assert "The way back of this run was cleared to make room" in texts(page)
    assert given(page, "film") == before
    assert given(page, "remembered")[0]["remembered"] == []


def test_a_run_that_only_the_disk_remembers_has_no_film(page):
    import streamlit as st

    page.button(key="start").click().run()
    wait_for_end(page)
    run_id = page.query_params["run"]
    st.cache_resource.clear()  # as if the server had been started anew
    again = open_page("train", run=run_id)
    assert not again.exception
    assert "The way back of this run is gone" in texts(again)
    assert given(again, "film")[0]["film"] is None
    assert given(again, "remembered")[0]["remembered"] == []
