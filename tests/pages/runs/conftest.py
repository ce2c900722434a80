"""What the tests of Runs share."""

from __future__ import annotations

import pytest

from core.data import DigitDataset
from core.datasets import generated as source
from core.runs.kept.run import Label, Run
from tests.finished_run import finished_run


@pytest.fixture
def finished() -> Run:
    """With a name and a note that nobody should take for HTML."""
    return finished_run(label=Label("<b>Wild</b> Owl", "note <script>"))


@pytest.fixture
def at_hand(monkeypatch, small) -> DigitDataset:
    """A few test images that runs can be examined on at once."""
    monkeypatch.setattr(source, "is_here", lambda root: True)
    monkeypatch.setattr("core.data.load_dataset", lambda *args, **kwargs: small)
    return small
