"""What the tests of repeat, sweep and race share: few digits that cost nothing."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pages.ui.state import server
from tests.pages.app import choose, open_page
from tests.waiting import going


@pytest.fixture
def few_digits(fresh_server, monkeypatch, small):
    """Whatever is asked for by name holds these; every run is said to take a second."""
    monkeypatch.setattr("core.data.load_dataset", lambda *args, **kwargs: small)
    monkeypatch.setattr(server, "cost_of", lambda config: SimpleNamespace(seconds=1.0))
    return small


@pytest.fixture
def open_section(few_digits):
    """The page Runs with this section open."""

    def opened(name: str):
        page = choose(open_page("runs"), "What to do", name)
        assert not page.exception
        return page

    return opened


@pytest.fixture
def wait_for_tasks():
    """Until every series is over, and the page shows it."""

    def wait(page) -> None:
        for task in going(server.tasks()):
            assert task.wait(120)
        page.run()
        assert not page.exception

    return wait
