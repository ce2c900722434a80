"""How sure and how often right, against scikit-learn and naive loops."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.data import Digits
from core.exam.calibration import answered_when_sure, calibration_error, reliability
from core.exam.sitting import sit_exam
from core.model import build_model


def test_reliability_agrees_with_scikit_learn(wavering):
    from sklearn.calibration import calibration_curve

    found, _ = wavering
    bins = reliability(found.confidences, found.right)
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
        bins = reliability(found.confidences, found.right)
        assert calibration_error(bins) == pytest.approx(total, abs=1e-9)


def test_a_network_that_is_as_right_as_it_is_sure_has_no_calibration_error():
    right = np.array([True] * 3 + [False])
    bins = reliability(np.full(4, 0.75), right)
    assert calibration_error(bins) == 0
    (low, high) = bins[0].interval
    assert low < 0.75 < high


def test_the_threshold_counts_like_a_naive_loop(wavering):
    found, _ = wavering
    for at_least in (0.0, 0.5, 0.9, 1.0):
        spoken = [i for i in range(4_000) if found.probabilities[i].max() >= at_least]
        correct = sum(bool(found.answers[i] == found.labels[i]) for i in spoken)
        assert answered_when_sure(found.confidences, found.right, at_least) == (
            len(spoken),
            correct,
        )


def test_a_single_image_is_an_exam():
    digits = Digits(torch.zeros(1, 28, 28, dtype=torch.uint8), torch.tensor([4]))
    found = sit_exam(build_model(TrainingConfig()), digits)
    assert found.total.images == 1
    assert math.isfinite(calibration_error(reliability(found.confidences, found.right)))
