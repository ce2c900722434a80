"""What tests of pages share: a server that has just been started."""

from __future__ import annotations

import pytest
import streamlit as st


@pytest.fixture
def fresh_server(home):
    """The test meets a server that has just been started, with an app folder of its own."""
    st.cache_resource.clear()
    yield
    from pages.ui.state import server

    for job in [*server.board().jobs(), *server.exhibit_board().jobs()]:
        job.stop()
        job.task.wait(20)
    st.cache_resource.clear()
