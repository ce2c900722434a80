"""What the network is examined on: a dataset's test images, or the digits that the visitor drew."""

from __future__ import annotations

from pages.ui.state.visit import visit
from pages.ui.widgets.dropdown import choose_for, remembered_choice

OWN = "own"  # the digits that the visitor drew


def choose_digits() -> str:
    """Let the visitor choose what to examine on: a name of config.DATASETS, or OWN."""
    labels = {
        "mnist": "MNIST test set: 10,000 scanned digits",
        "generated": "Built-in handwriting: 10,000 test digits drawn by this program",
    }
    if drawn := len(visit().exam.own_digits):
        labels[OWN] = f"Your own digits: {drawn}, drawn on this page"
    return remembered_choice("Examine it on", list(labels), "exam-digits", format_func=labels.get)


def use_digits(name: str) -> None:
    """Choose a dataset for the visitor, who pressed a button for it."""
    choose_for("exam-digits", name)
    visit().exam.fetch = name
