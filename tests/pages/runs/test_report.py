"""The report says what was measured, holds no code of strangers, and needs nothing beside it."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from pages.ui.runs.report import MISTAKES, Mistakes, report_html
from pages.ui.words.numbers import percent

FOUR = Mistakes(np.zeros((40, 28, 28), np.uint8), np.full(40, 4), np.full(40, 9), total=1_234)


def test_the_report_says_what_was_measured_and_on_how_many(finished):
    page = report_html(finished, FOUR)
    low, high = (percent(end) for end in finished.test.interval)
    for said in (
        *("98.1\u202f%", "900 of 917 exam digits (Built-in handwriting)", f"{low} to {high}"),
        *("784-12-10", "2026-01-02", "torch 2.13.0", "1,234 mistakes", "Practice exam: 50 digits"),
        *("<th>Learning rate</th><td>0.001</td>", "<th>Seed</th><td>0</td>"),
    ):
        assert said in page, said
    assert page.count("4 → 9</figure>") == MISTAKES
    assert page.count("<svg") == 2


def test_what_a_visitor_wrote_is_no_html_and_nothing_is_fetched(finished):
    page = report_html(finished, FOUR)
    assert "&lt;b&gt;Wild&lt;/b&gt; Owl" in page and "note &lt;script&gt;" in page
    assert "<script" not in page and "<b>Wild" not in page
    assert not re.search(r'(src|href)="(?!data:image/png|#)', page)


def test_without_an_exam_and_test_images_it_says_so(finished):
    page = report_html(replace(finished, test=None, validation=()), None)
    assert "It has sat no exam yet" in page and "mistakes are not shown" in page
    assert page.count("<svg") == 1
