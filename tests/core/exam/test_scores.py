"""Scores of single digits, against scikit-learn and naive loops."""

from __future__ import annotations

import pytest
import torch

from core.exam.scores import digit_score, frequent_mistakes, worst_cell


def test_precision_recall_and_f1_agree_with_scikit_learn(wavering):
    from sklearn.metrics import f1_score, precision_score, recall_score

    found, _ = wavering
    pair = (found.labels, found.answers)
    expected = zip(
        precision_score(*pair, average=None),
        recall_score(*pair, average=None),
        f1_score(*pair, average=None),
        strict=True,
    )
    for digit, numbers in enumerate(expected):
        score = digit_score(found.total.confusion, digit)
        assert (score.precision, score.recall, score.f1) == pytest.approx(numbers)


def test_what_cannot_be_told_of_a_digit_is_none():
    confusion = torch.zeros(10, 10, dtype=torch.int64)
    confusion[3, 5] = 2
    nothing, shown, said = (digit_score(confusion, digit) for digit in (0, 3, 5))
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
    assert (shown.precision, shown.recall, shown.f1) == (None, 0.0, 0.0)
    assert (said.precision, said.recall, said.f1) == (0.0, None, 0.0)


def test_the_most_frequent_mistake_is_found(real):
    confusion = real.total.confusion
    best = max(
        ((i, j) for i in range(10) for j in range(10) if i != j), key=lambda cell: confusion[cell]
    )
    assert confusion[worst_cell(confusion)] == confusion[best]
    assert worst_cell(torch.eye(10, dtype=torch.int64)) is None


def test_the_most_frequent_mistakes_come_first():
    confusion = torch.eye(10, dtype=torch.int64) * 50
    for (label, answer), count in {(4, 9): 7, (2, 3): 1, (7, 1): 9}.items():
        confusion[label, answer] = count
    assert frequent_mistakes(confusion, 5) == [(9, 7, 1), (7, 4, 9), (1, 2, 3)]
    assert frequent_mistakes(confusion, 2) == [(9, 7, 1), (7, 4, 9)]
    assert frequent_mistakes(torch.eye(10, dtype=torch.int64), 5) == []
