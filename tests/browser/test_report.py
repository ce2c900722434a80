"""The report of a run is printed on one sheet, however much there is to say."""

from __future__ import annotations

import re

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.evaluation import Evaluation
from core.runs.kept.run import LONGEST_NAME, LONGEST_NOTE, Label, Run, ValidationPoint
from pages.ui.runs.report import MISTAKES, Mistakes, report_html

PAGE_OF_A_PDF = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def fullest() -> str:
    """The report of a run of which everything that can be said is long."""
    config = TrainingConfig(hidden_sizes=(2_048,) * 6, exclude_digits=tuple(range(8)))
    run = Run(
        id="long-one",
        config=config,
        complete=False,
        total_iterations=60_000,
        seconds=7_000.0,
        losses=np.linspace(2.3, 0.1, 5_000, dtype=np.float32),
        validation=tuple(ValidationPoint(n, 0.5, 0.9, 5_000) for n in range(100, 5_000, 100)),
        test=Evaluation(0.25, torch.full((10, 10), 1_234)),
        weights={},
        label=Label("W" * LONGEST_NAME, "m" * LONGEST_NOTE),
    )
    images = np.zeros((MISTAKES, 28, 28), np.uint8)
    labels = np.zeros(MISTAKES, int)
    return report_html(run, Mistakes(images, labels, labels + 1, 11_111))


def test_the_fullest_report_is_one_sheet_and_fits_a_phone(new_page, fullest):
    page = new_page(390, 844)
    page.set_content(fullest)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sheets = PAGE_OF_A_PDF.findall(page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 1
