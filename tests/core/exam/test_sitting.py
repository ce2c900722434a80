"""Exams image by image, against scikit-learn and naive loops."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.stats import binomtest

from core.config import TrainingConfig
from core.evaluation import evaluate
from core.exam.sitting import find_mistake, guess, marked, sit_exam
from core.explain.scores import likeliest
from core.model import build_model
from core.pretrained import load


@pytest.mark.parametrize("name", ["tutorial", "default"])
def test_an_exam_gives_the_total_that_evaluate_gives(generated, name):
    model = load(name).model
    part = generated.test[:2_500]
    shares = []
    found, expected = sit_exam(model, part, shares.append), evaluate(model, part)
    assert torch.equal(found.total.confusion, expected.confusion)
    assert found.total.loss == pytest.approx(expected.loss, rel=1e-5)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_every_image_is_answered_as_when_it_is_asked_alone(generated):
    model = load("tutorial").model
    part = generated.test[:60]
    found = sit_exam(model, part)
    for number in range(60):
        with torch.no_grad():
            alone = model(part.images[number][None] / 255)[0]
        assert found.answers[number] == alone.argmax()
        np.testing.assert_allclose(found.probabilities[number], alone.softmax(0), atol=1e-5)
        assert found.right[number] == (found.answers[number] == part.labels[number].item())


def test_the_total_agrees_with_scikit_learn_and_a_naive_loop(wavering):
    from sklearn.metrics import confusion_matrix, log_loss

    found, _ = wavering
    naive = [[0] * 10 for _ in range(10)]
    for label, answer in zip(found.labels, found.answers, strict=True):
        naive[label][answer] += 1
    assert found.total.confusion.tolist() == naive
    assert naive == confusion_matrix(found.labels, found.answers).tolist()
    assert found.total.loss == pytest.approx(log_loss(found.labels, found.probabilities), rel=1e-5)
    low, high = found.total.interval
    exact = binomtest(found.total.correct, 4_000).proportion_ci(method="wilson")
    assert (low, high) == pytest.approx((exact.low, exact.high), abs=1e-6)


def test_mistakes_come_worst_first_and_all_of_them(real):
    assert len(real.mistakes) == 10_000 - real.total.correct
    sure = [real.probabilities[i].max() for i in real.mistakes if real.answers[i] != real.labels[i]]
    assert len(sure) == len(real.mistakes)
    assert sure == sorted(sure, reverse=True)


def test_very_sure_answers_are_still_told_apart():
    logits = torch.zeros(2, 10)
    logits[0, 1], logits[1, 2] = 18.0, 20.0  # both are 1 in float32 once they are shares
    found = marked(logits, torch.tensor([5, 5]))
    assert found.mistakes.tolist() == [1, 0]


def test_a_cell_holds_its_images_and_no_others(real):
    confusion = real.total.confusion
    for label in (None, 3, 8):
        for answer in (None, 3, 5):
            cell = real.in_cell(label, answer)
            rows = confusion if label is None else confusion[label : label + 1]
            counts = rows if answer is None else rows[:, answer]
            assert len(cell) == counts.sum()
            assert label is None or (real.labels[cell] == label).all()
            assert answer is None or (real.answers[cell] == answer).all()


def test_guessing_is_as_good_as_the_most_frequent_digit(mnist):
    digit, share = guess(mnist.test.labels.numpy())
    assert (digit, share) == (1, 0.1135)  # 1,135 of MNIST's test images are ones


def test_no_image_no_exam(generated):
    with pytest.raises(ValueError, match="no image"):
        sit_exam(load("tutorial").model, generated.test[:0])


def test_the_likeliest_digits_and_how_sure_it_is_on_average(wavering):
    found, _ = wavering
    for image in range(50):
        row = found.probabilities[image].tolist()
        expected = sorted(range(10), key=lambda digit: -row[digit])[:3]
        assert likeliest(found.probabilities[image], 3) == expected
    surest = [max(row) for row in found.probabilities.tolist()]
    assert found.mean_confidence == pytest.approx(sum(surest) / len(surest))


def test_it_can_be_stopped_after_every_thousand_images(generated):
    with pytest.raises(ZeroDivisionError):
        sit_exam(load("tutorial").model, generated.test[:2_500], lambda share: 1 / 0)


def test_a_network_of_another_kind_can_be_examined(generated):
    config = TrainingConfig(architecture="conv", activation="tanh", hidden_sizes=())
    found = sit_exam(build_model(config), generated.test[:100])
    assert found.total.images == 100


def test_the_typical_image_of_a_cell_is_its_middle_one(wavering):
    found, _ = wavering
    typical = found.typical()
    for label, answer in np.ndindex(10, 10):
        images = [
            number
            for number in range(4_000)
            if (found.labels[number], found.answers[number]) == (label, answer)
        ]
        surer = sum(
            found.confidences[number] > found.confidences[typical[label, answer]]
            for number in images
        )
        assert typical[label, answer] in images
        assert surer == len(images) // 2


def test_a_cell_without_images_has_no_typical_one():
    logits = torch.eye(10)[[3, 3, 4]]
    typical = marked(logits, torch.tensor([3, 3, 3])).typical()
    assert (typical >= 0).sum() == 2
    assert typical[3, 4] == 2


def test_the_first_mistake_is_found_without_an_exam(generated):
    model, part = load("tutorial").model, generated.test[:2_000]
    exam = sit_exam(model, part)
    number = int(np.flatnonzero(~exam.right)[0])
    assert find_mistake(model, part) == (number, exam.answers[number])
    assert find_mistake(model, part[:number]) is None
