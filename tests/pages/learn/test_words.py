"""The words of the lessons: few, easy, and their numbers true."""

from __future__ import annotations

import re

import pytest

from core.config import CLASSES, IMAGE_SIDE
from core.lessons.experiments import EXPERIMENTS, TUTORIAL
from core.lessons.loss import cross_entropy
from core.lessons.units import activation_at
from core.model import PIXELS, build_model
from core.pretrained import load
from pages.ui.learn.course import LESSONS, read_lesson, terms_of
from pages.ui.words.glossary import marked
from tests.reading_level import grade

HARDEST = 7.0  # Flesch-Kincaid grade


def plain(text: str) -> str:
    """Without stars, back quotes and the addresses of links."""
    return re.sub(r"[*`]", "", re.sub(r"\[(.+?)\]\(.+?\)", r"\1", text))


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_says_little_before_its_thing_and_little_after(name):
    lesson = read_lesson(name)
    assert 15 <= len(plain(lesson.text).split()) <= 30
    assert len(marked(lesson.text)) <= 2
    assert len(plain(" ".join((lesson.question, lesson.answer, lesson.more))).split()) <= 85
    assert all(len(choice.split()) <= 6 for choice in lesson.choices)
    assert len(lesson.short.split()) == 1


def test_the_lessons_are_easy_to_read():
    words = [
        plain("\n\n".join((each.text, each.question, each.answer, each.more)))
        for each in map(read_lesson, LESSONS)
    ]
    assert grade("\n\n".join(words)) <= HARDEST


def test_all_that_the_tutorial_teaches_can_be_learned():
    taught = {
        *("pixels", "tensors", "shape", "unit", "weights", "bias", "layers", "input layer"),
        *("hidden layers", "output layer", "activation function", "ReLU", "forward pass", "loss"),
        *("cross-entropy", "gradient", "learning rate", "optimiser", "SGD", "Adam", "batch"),
        *("epoch", "iteration", "loop", "backpropagation", "overfitting", "validation set"),
        *("test set", "accuracy", "PyTorch"),
    }
    found = {term for number in range(1, len(LESSONS) + 1) for term in terms_of(number)}
    assert taught <= found


def test_the_numbers_in_the_words_are_true():
    text = {name: read_lesson(name) for name in LESSONS}
    assert "costs about 2.3" in text["loss"].answer
    assert round(float(cross_entropy(0.1)), 1) == 2.3
    half, hundredth = (float(cross_entropy(share)) for share in (0.5, 0.01))
    assert f"Half sure costs {half:.2f}" in text["loss"].question
    assert f"About {hundredth / half:.0f} times: {hundredth:.2f}" in text["loss"].answer
    assert text["loss"].right == f"{hundredth / half:.0f} times as much"
    assert f"a stack of {TUTORIAL.batch_size} digits" in text["tensors"].more
    assert f"({TUTORIAL.batch_size}, 28, 28)" in text["tensors"].more
    assert f"28 × 28 = {PIXELS} numbers" in text["tensors"].answer
    assert (PIXELS, IMAGE_SIDE) == (784, 28)
    assert "in place of 128" in text["batches"].question and TUTORIAL.batch_size == 128
    assert "only ten answers" in text["forward"].answer and CLASSES == 10
    assert (load("tutorial").card.doubt, load("default").card.no_digits > 0) == (None, True)
    first = build_model(TUTORIAL).layers.hidden_1
    assert f"{first.out_features} × {PIXELS} = {first.weight.numel():,}" in text["network"].more
    few, often = EXPERIMENTS["result"].training_images, EXPERIMENTS["result"].epochs
    assert f"{few} pictures, {often} times each" in text["result"].question
    assert f"batches of {EXPERIMENTS['batches'].batch_size}" in text["batches"].link
    assert EXPERIMENTS["network"].hidden_sizes == ()


def test_relu_hands_on_what_the_lesson_says():
    lesson = read_lesson("activation")
    assert "−3" in lesson.question
    assert lesson.right == f"{float(activation_at('relu', -3.0)):g}"
