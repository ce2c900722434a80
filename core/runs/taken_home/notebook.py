"""A run as a Jupyter notebook: the sections of the stand-alone script, with words between them.

It is written as JSON (nbformat 4.5, https://nbformat.readthedocs.io); no notebook runs here.
"""

from __future__ import annotations

import json
from typing import Any

from core.config import TrainingConfig
from core.runs.taken_home.script import TITLE, Section, needs, sections

CHART = Section(
    "The loss of every batch: how wrong the network still was.",
    """import matplotlib.pyplot as plt

plt.plot(losses, linewidth=0.5)
plt.xlabel("batch")
plt.ylabel("loss")
plt.show()""",
)


def notebook(config: TrainingConfig) -> str:
    """The notebook that trains with `config`, as JSON: what core.runs.taken_home.script does, and
    the curve at the end."""
    welcome = (
        f"# Handwritten digits\n\n{TITLE} Run the cells from top to bottom.\n\n"
        f"It needs {needs(config)}; the chart at the end needs matplotlib."
    )
    cells = [_cell("markdown", welcome, 0)]
    for section in (*sections(config), CHART):
        cells.append(_cell("markdown", _as_heading(section.words), len(cells)))
        cells.append(_cell("code", section.code.strip("\n"), len(cells)))
    book = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "cells": cells,
    }
    return json.dumps(book, indent=1, ensure_ascii=False)


def _as_heading(words: str) -> str:
    """What a section is about as a title, and the rest under it."""
    title, colon, rest = words.partition(": ")
    return f"## {title}\n\n{rest[0].upper()}{rest[1:]}" if colon else f"## {words.rstrip('.')}"


def _cell(kind: str, text: str, number: int) -> dict[str, Any]:
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {
        "cell_type": kind,
        "id": f"cell-{number}",
        "metadata": {},
        "source": text.splitlines(keepends=True),
        **code,
    }
