"""The program of a lesson is the exported one, and its changed lines are those that differ."""

from __future__ import annotations

import pytest

from core.lessons.experiments import TUTORIAL
from core.lessons.program import layers_and_loop, program_lines
from core.runs.taken_home.script import script


def changed(**settings) -> list[str]:
    return [
        line.text.strip() for line in program_lines(TUTORIAL.changed(**settings)) if line.changed
    ]


def test_the_tutorial_changes_nothing():
    assert changed() == []


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        ({"epochs": 7}, ["for epoch in range(7):"]),
        ({"hidden_sizes": ()}, ["nn.Linear(784, 10),"]),
        (
            {"hidden_sizes": (100, 50, 25)},
            ["nn.Linear(50, 25),", "nn.ReLU(),", "nn.Linear(25, 10),"],
        ),
    ],
)
def test_only_the_lines_that_differ_are_marked(settings, lines):
    assert changed(**settings) == lines


def test_the_part_that_is_shown_holds_all_that_can_change():
    config = TUTORIAL.changed(hidden_sizes=(32,), epochs=2)
    lines = program_lines(config)
    assert "\n".join(line.text for line in lines) + "\n" == script(config, plain=True)
    layers, loop = layers_and_loop(lines)
    changed = [line for line in layers + loop if line.changed]
    assert changed == [line for line in lines if line.changed]
    assert [line.text for line in loop if line.changed] == ["for epoch in range(2):"]
    assert [line.text.strip() for line in layers] == [
        *("nn.Flatten(),", "nn.Linear(784, 32),", "nn.ReLU(),", "nn.Linear(32, 10),")
    ]
    assert loop[0].text == "# The training loop." and loop[-1].text.strip().startswith("print(f")
