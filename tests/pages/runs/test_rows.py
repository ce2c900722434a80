"""Which runs are chosen after a click, and what they are called beside a curve."""

from __future__ import annotations

import pytest

from pages.ui.runs import rows
from pages.ui.runs.compare.names import name_on_chart
from pages.ui.state.visit import Visit


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


def test_a_name_beside_a_curve_is_short_and_harmless():
    assert name_on_chart("Speckled Hedgehog", 0) == "Speckled<br>Hedgehog"
    assert name_on_chart("Red Fox (race 12)", 0) == "Red<br>Fox<br>(race 12)"
    assert name_on_chart("<b>x</b>", 0) == "&lt;b&gt;x&lt;/b&gt;"
    assert name_on_chart("a" * 40, 0) == "a" * 10 + "…"
    assert name_on_chart("Same", 1) != name_on_chart("Same", 2)
