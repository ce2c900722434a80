"""Samples hold what was asked for, and a batch is the one that training deals."""

from __future__ import annotations

import pytest
import torch

from core.config import CLASSES, TrainingConfig
from core.data import DigitDataset
from core.gallery.samples import counts, first_batch, sample
from core.trainer import train


def test_counts_are_those_of_a_naive_loop(digits):
    by_hand = [sum(label == digit for label in digits.labels.tolist()) for digit in range(CLASSES)]
    assert counts(digits.labels).tolist() == by_hand
    assert counts(torch.tensor([3, 3])).tolist() == [0, 0, 0, 2, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("digit", [None, 4])
def test_a_sample_holds_each_image_once_and_only_the_digit_asked_for(digits, digit):
    found = sample(digits.labels, digit, 48, seed=1)
    assert len(set(found.tolist())) == 48
    assert digit is None or (digits.labels[found] == digit).all()
    assert found.equal(sample(digits.labels, digit, 48, seed=1))
    assert not found.equal(sample(digits.labels, digit, 48, seed=2))


def test_a_sample_takes_all_there_are_and_none_where_there_are_none():
    labels = torch.tensor([1, 2, 2])
    assert sorted(sample(labels, 2, 48, seed=0).tolist()) == [1, 2]
    assert sample(labels, 9, 48, seed=0).tolist() == []


class Listener(torch.nn.Module):
    """A network that keeps the first batch that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = torch.nn.Linear(784, 10)
        self.heard = None

    def forward(self, images):
        self.heard = images if self.heard is None else self.heard
        return self.layer(images.flatten(1))


@pytest.mark.parametrize("harder", [False, True])
@pytest.mark.parametrize("seed", [0, 3])
def test_the_batch_is_the_one_that_training_deals(digits, harder, seed):
    model, config = Listener(), TrainingConfig(seed=seed, harder_batches=harder)
    next(train(model, DigitDataset("generated", digits, digits[:9], digits[:9]), config))
    batch = first_batch(digits, config.batch_size, seed)
    assert len(batch.images) == len(batch.labels) == 128
    assert (batch.harder if harder else batch.images).equal(model.heard)


def test_another_draw_changes_the_harder_images_alone(digits):
    first, second, again = (first_batch(digits, 128, 0, draw) for draw in (1, 2, 2))
    assert first.images.equal(second.images)
    assert first.labels.equal(second.labels)
    assert not first.harder.equal(second.harder)
    assert second.harder.equal(again.harder)
    assert 0 <= second.harder.min() <= second.harder.max() <= 1
