"""The words of the lessons: few, easy, and their numbers true."""

from __future__ import annotations

import re

import pytest

from core.config import CLASSES, IMAGE_SIDE
from core.lessons.batch_costs import ALL_TRAINING, batch_cost
from core.lessons.loss import cross_entropy
from core.lessons.short_runs import TUTORIAL
from core.model import PIXELS, build_model
from core.pretrained import load
from pages.ui import shell
from pages.ui.learn.course import LESSONS, read_lesson
from tests.reading_level import grade

HARDEST = 7.0  # Flesch-Kincaid grade


def plain(text: str) -> str:
    """Without stars, back quotes and the addresses of links."""
    return re.sub(r"[*`]", "", re.sub(r"\[(.+?)\]\(.+?\)", r"\1", text))


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_60_to_150_words_and_leads_to_a_page(name):
    lesson = read_lesson(name)
    assert 60 <= len(plain(lesson.text).split()) <= 150
    assert lesson.page in shell.PAGES
    assert lesson.question.count("?") >= 1


def test_the_lessons_are_easy_to_read():
    words = [
        plain("\n\n".join((each.text, each.task, each.question, each.answer)))
        for each in map(read_lesson, LESSONS)
    ]
    assert grade("\n\n".join(words)) <= HARDEST


def test_the_numbers_in_the_words_are_true():
    text = {name: read_lesson(name) for name in LESSONS}
    assert "about 2.3" in text["loss"].text
    assert round(float(cross_entropy(0.1)), 1) == 2.3
    found = re.findall(r"about (\d\.\d+), the second only (\d\.\d+)", text["loss"].answer)[0]
    assert found == (f"{cross_entropy(0.6):.2f}", f"{cross_entropy(0.99):.2f}")
    assert "430 steps" in text["batches"].text
    assert batch_cost(128).steps == 430
    assert "55,000 pictures and batches of 128" in text["batches"].text
    assert (ALL_TRAINING, TUTORIAL.batch_size) == (55_000, 128)
    assert "28 rows of 28 numbers" in text["tensors"].text
    assert "given 128 digits at once" in text["tensors"].text
    assert (PIXELS, IMAGE_SIDE) == (784, 28)
    for name in ("tensors", "network", "forward"):
        assert "784" in text[name].text
    assert "with 100 and 50 units" in text["network"].text
    assert "into 100 numbers. The second makes 50" in text["forward"].text
    assert TUTORIAL.hidden_sizes == (100, 50)
    assert "only ten answers" in text["forward"].answer and CLASSES == 10
    assert (load("tutorial").card.doubt, load("default").card.no_digits > 0) == (None, True)
    first = build_model(TUTORIAL).layers.hidden_1
    assert f"{first.weight.numel():,}" in text["network"].answer
    assert f"{first.weight.numel() + first.bias.numel():,}" in text["network"].answer
