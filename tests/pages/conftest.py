"""What tests of pages share: a server that has just been started."""

from __future__ import annotations

import pytest
import streamlit as st

from pages.ui.state import server
from tests.waiting import going


@pytest.fixture
def brief_lessons(monkeypatch, small):
    """What people teach a network takes a fraction of a second, and judges it on few old digits."""
    from core.room import learning, material

    monkeypatch.setattr("core.data.load_dataset", lambda *args, **kwargs: small)
    monkeypatch.setattr(material, "VARIED", 300)
    monkeypatch.setattr(learning, "SETTINGS", learning.SETTINGS.changed(epochs=1))


@pytest.fixture
def fresh_server(handwriting, empty_server) -> None:
    """The test meets a server that has just been started, and has the built-in handwriting."""


@pytest.fixture
def empty_server(home):
    """The test meets a server that has just been started, with an app folder of its own."""
    st.cache_resource.clear()
    yield
    for task in [*going(server.tasks()), *going(server.large_tasks())]:
        task.stop()  # nobody waits for it any more
    for room in list(server.rooms()._rooms.values()):
        server.rooms().close(room)  # and with it the timer that would
    for job in [*server.board().jobs(), *server.exhibit_board().jobs()]:
        job.stop()
        job.task.wait(20)
    st.cache_resource.clear()
