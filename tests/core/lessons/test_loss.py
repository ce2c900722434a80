"""What answers cost, against the logarithm and the exam."""

from __future__ import annotations

import numpy as np
import pytest

from core.evaluation import evaluate
from core.lessons.loss import batch_loss, cross_entropy, cross_entropy_by_percent


def test_the_cross_entropies_of_a_batch_are_minus_the_logarithm_of_the_share(tutorial, digits):
    found = batch_loss(tutorial, digits.validation[:128])
    np.testing.assert_allclose(found.costs, -np.log(found.shares), atol=1e-5)
    exam = evaluate(tutorial, digits.validation[:128])
    assert found.mean == pytest.approx(exam.loss, rel=1e-4)
    assert cross_entropy(0.1) == pytest.approx(np.log(10))
    shares, costs = cross_entropy_by_percent()
    assert shares == list(range(1, 101))
    np.testing.assert_allclose(100 * np.exp(-np.array(costs)), shares)


def test_the_dearest_answers_are_those_least_sure_of_what_is_right(tutorial, digits):
    found = batch_loss(tutorial, digits.validation[:128])
    places = found.dearest(8)
    assert found.shares[places].tolist() == sorted(found.shares.tolist())[:8]
