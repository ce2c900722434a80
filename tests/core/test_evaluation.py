"""Exams against naive loops."""

import math

import pytest
import torch
from scipy.stats import binomtest
from torch import nn
from torch.nn import functional

from core.config import TrainingConfig
from core.data import Digits
from core.evaluation import evaluate, predict_logits, probabilities, read, wilson_interval
from core.model import build_model


@pytest.fixture
def digits():
    generator = torch.Generator().manual_seed(5)
    images = torch.randint(0, 256, (2_345, 28, 28), dtype=torch.uint8, generator=generator)
    return Digits(images, torch.randint(0, 10, (2_345,), generator=generator))


def test_evaluate_agrees_with_a_naive_loop(digits):
    model = build_model(TrainingConfig(seed=1)).eval()
    confusion = torch.zeros(10, 10, dtype=torch.int64)
    losses = []
    for image, label in zip(digits.images, digits.labels, strict=True):
        logits = model(image[None] / 255)[0].detach()
        confusion[label, logits.argmax()] += 1
        losses.append(-functional.log_softmax(logits, dim=0)[label].item())
    found = evaluate(model, digits)
    assert torch.equal(found.confusion, confusion)
    assert found.loss == pytest.approx(sum(losses) / len(losses), rel=1e-5)
    assert found.images == 2_345
    assert found.accuracy == confusion.diagonal().sum().item() / 2_345


def test_an_exam_has_no_dropout_and_leaves_the_network_as_it_was(digits):
    model = build_model(TrainingConfig(dropout=0.5)).train()
    first, second = evaluate(model, digits), evaluate(model, digits)
    assert first.loss == second.loss
    assert model.training


def test_no_image_no_exam(digits):
    with pytest.raises(ValueError, match="no image"):
        evaluate(build_model(TrainingConfig()), digits[:0])


def test_probabilities_sum_to_one_and_accept_arrays():
    model = build_model(TrainingConfig())
    images = torch.rand(4, 28, 28)
    found = probabilities(model, images)
    assert found.shape == (4, 10)
    assert torch.allclose(found.sum(dim=1), torch.ones(4), atol=1e-6)
    assert torch.equal(found, probabilities(model, images.numpy()))
    assert torch.allclose(found, predict_logits(model, images).softmax(1))


@pytest.mark.parametrize(
    "images", [torch.rand(28, 28), torch.rand(2, 27, 28), torch.rand(2, 28, 28) * 255]
)
def test_probabilities_refuse_what_is_no_batch_of_images(images):
    with pytest.raises(ValueError, match=r"shape|between 0 and 1"):
        probabilities(build_model(TrainingConfig()), images)


def test_probabilities_refuse_numbers_that_are_none():
    with pytest.raises(ValueError, match="between 0 and 1"):
        probabilities(nn.Flatten(), torch.full((1, 28, 28), math.nan))


@pytest.mark.parametrize(
    ("correct", "images"), [(8, 10), (9_600, 10_000), (0, 5), (5, 5), (1, 7_494)]
)
def test_the_wilson_interval_agrees_with_scipy(correct, images):
    theirs = binomtest(correct, images).proportion_ci(method="wilson")
    assert wilson_interval(correct, images) == pytest.approx((theirs.low, theirs.high), abs=1e-6)


def test_one_digit_in_several_ways_is_read_by_the_mean():
    model = build_model(TrainingConfig(seed=3)).eval()
    ways = torch.rand(3, 28, 28)
    assert torch.allclose(read(model, ways), probabilities(model, ways).mean(0))
    with pytest.raises(ValueError, match="no image"):
        read(model, ways[:0])
