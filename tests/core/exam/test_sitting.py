"""Exams image by image, against scikit-learn and naive loops."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from scipy.stats import binomtest
from sklearn.calibration import calibration_curve
from sklearn.metrics import confusion_matrix, f1_score, log_loss, precision_score, recall_score

from core.config import TrainingConfig
from core.data import Digits
from core.evaluation import evaluate
from core.exam import sitting as exams
from core.model import build_model
from core.pretrained import load


@pytest.fixture(scope="module")
def wavering():
    """An exam on random scores: every digit, every cell, every confidence."""
    generator = torch.Generator().manual_seed(3)
    logits = 3 * torch.randn(4_000, 10, generator=generator)
    labels = torch.randint(0, 10, (4_000,), generator=generator)
    logits[torch.arange(4_000), labels] += 3
    return exams.marked(logits, labels), logits


@pytest.fixture(scope="module")
def real(mnist):
    """The tutorial network on MNIST's test images."""
    return exams.sit_exam(load("tutorial").model, mnist.test)


@pytest.mark.parametrize("name", ["tutorial", "default"])
def test_an_exam_gives_the_total_that_evaluate_gives(generated, name):
    model = load(name).model
    part = generated.test[:2_500]
    shares = []
    found, expected = exams.sit_exam(model, part, shares.append), evaluate(model, part)
    assert torch.equal(found.total.confusion, expected.confusion)
    assert found.total.loss == pytest.approx(expected.loss, rel=1e-5)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_every_image_is_answered_as_when_it_is_asked_alone(generated):
    model = load("tutorial").model
    part = generated.test[:60]
    found = exams.sit_exam(model, part)
    for number in range(60):
        with torch.no_grad():
            alone = model(part.images[number][None] / 255)[0]
        assert found.answers[number] == alone.argmax()
        np.testing.assert_allclose(found.probabilities[number], alone.softmax(0), atol=1e-5)
        assert found.right[number] == (found.answers[number] == part.labels[number].item())


def test_the_total_agrees_with_scikit_learn_and_a_naive_loop(wavering):
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


def test_precision_recall_and_f1_agree_with_scikit_learn(wavering):
    found, _ = wavering
    pair = (found.labels, found.answers)
    expected = zip(
        precision_score(*pair, average=None),
        recall_score(*pair, average=None),
        f1_score(*pair, average=None),
        strict=True,
    )
    for digit, numbers in enumerate(expected):
        score = exams.digit_score(found.total.confusion, digit)
        assert (score.precision, score.recall, score.f1) == pytest.approx(numbers)


def test_what_cannot_be_told_of_a_digit_is_none():
    confusion = torch.zeros(10, 10, dtype=torch.int64)
    confusion[3, 5] = 2
    nothing, shown, said = (exams.digit_score(confusion, digit) for digit in (0, 3, 5))
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
    assert (shown.precision, shown.recall, shown.f1) == (None, 0.0, 0.0)
    assert (said.precision, said.recall, said.f1) == (0.0, None, 0.0)


def test_reliability_agrees_with_scikit_learn(wavering):
    found, _ = wavering
    bins = exams.reliability(found.confidences, found.right)
    shares, means = calibration_curve(found.right, found.confidences, n_bins=10)
    np.testing.assert_allclose([each.accuracy for each in bins], shares)
    np.testing.assert_allclose([each.confidence for each in bins], means)
    assert sum(each.images for each in bins) == 4_000


def test_the_calibration_error_agrees_with_a_naive_loop(wavering, real):
    for found in (wavering[0], real):
        total = 0.0
        for number in range(10):
            inside = [
                (sure, right)
                for sure, right in zip(found.confidences, found.right, strict=True)
                if number / 10 < sure <= (number + 1) / 10
            ]
            if inside:
                sure, right = (sum(each) / len(inside) for each in zip(*inside, strict=True))
                total += abs(sure - right) * len(inside) / len(found.labels)
        bins = exams.reliability(found.confidences, found.right)
        assert exams.calibration_error(bins) == pytest.approx(total, abs=1e-9)


def test_a_network_that_is_as_right_as_it_is_sure_has_no_calibration_error():
    right = np.array([True] * 3 + [False])
    bins = exams.reliability(np.full(4, 0.75), right)
    assert exams.calibration_error(bins) == 0
    (low, high) = bins[0].interval
    assert low < 0.75 < high


def test_the_threshold_counts_like_a_naive_loop(wavering):
    found, _ = wavering
    for at_least in (0.0, 0.5, 0.9, 1.0):
        spoken = [i for i in range(4_000) if found.probabilities[i].max() >= at_least]
        correct = sum(bool(found.answers[i] == found.labels[i]) for i in spoken)
        assert exams.answered_when_sure(found, at_least) == (len(spoken), correct)


def test_mistakes_come_worst_first_and_all_of_them(real):
    assert len(real.mistakes) == 10_000 - real.total.correct
    sure = [real.probabilities[i].max() for i in real.mistakes if real.answers[i] != real.labels[i]]
    assert len(sure) == len(real.mistakes)
    assert sure == sorted(sure, reverse=True)


def test_very_sure_answers_are_still_told_apart():
    logits = torch.zeros(2, 10)
    logits[0, 1], logits[1, 2] = 18.0, 20.0  # both are 1 in float32 once they are shares
    found = exams.marked(logits, torch.tensor([5, 5]))
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


def test_the_most_frequent_mistake_is_found(real):
    confusion = real.total.confusion
    best = max(
        ((i, j) for i in range(10) for j in range(10) if i != j), key=lambda cell: confusion[cell]
    )
    assert confusion[exams.worst_cell(confusion)] == confusion[best]
    assert exams.worst_cell(torch.eye(10, dtype=torch.int64)) is None


def test_guessing_is_as_good_as_the_most_frequent_digit(mnist):
    digit, share = exams.guess(mnist.test.labels.numpy())
    assert (digit, share) == (1, 0.1135)  # 1,135 of MNIST's test images are ones


def test_the_hardest_are_where_two_answers_lie_closest(wavering):
    found, _ = wavering
    margins = []
    for row in found.probabilities:
        first, second = sorted(row, reverse=True)[:2]
        margins.append(first - second)
    chosen = exams.hardest(found, 50)
    assert max(margins[i] for i in chosen) <= sorted(margins)[49]


def test_a_game_is_drawn_from_the_hardest_and_differs_from_the_next(wavering):
    found, _ = wavering
    pool = set(exams.hardest(found, 200).tolist())
    first, again, other = (exams.draw_game(found, 20, 200, seed) for seed in (1, 1, 2))
    assert len(set(first.tolist())) == 20
    assert set(first.tolist()) <= pool
    assert first.tolist() == again.tolist() != other.tolist()


def test_no_image_no_exam(generated):
    with pytest.raises(ValueError, match="no image"):
        exams.sit_exam(load("tutorial").model, generated.test[:0])


def test_a_single_image_is_an_exam():
    digits = Digits(torch.zeros(1, 28, 28, dtype=torch.uint8), torch.tensor([4]))
    found = exams.sit_exam(build_model(TrainingConfig()), digits)
    assert found.total.images == 1
    assert math.isfinite(exams.calibration_error(exams.reliability(found.confidences, found.right)))


def test_the_fingerprint_tells_networks_apart():
    first, again = (build_model(TrainingConfig(seed=1)) for _ in range(2))
    assert exams.fingerprint(first) == exams.fingerprint(again)
    other = build_model(TrainingConfig(seed=1, activation="tanh"))  # the same weights
    assert exams.fingerprint(first) != exams.fingerprint(other)
    with torch.no_grad():
        again.layers.output.bias[0] += 1e-3
    assert exams.fingerprint(first) != exams.fingerprint(again)


def test_results_are_kept_and_the_longest_unused_are_forgotten():
    results = exams.Results(most=2)
    results.keep("a", 1)
    results.keep("b", 2)
    assert results.get("a") == 1  # used just now
    results.keep("c", 3)
    assert [results.get(key) for key in "abc"] == [1, None, 3]
