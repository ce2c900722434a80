"""Learning to doubt: the eleventh answer, and where doubt begins."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from core.config import CLASSES, TrainingConfig
from core.data import Digits
from core.datasets.no_digits.collection import KINDS
from core.evaluation import doubts
from core.model import build_model
from core.networks import doubt
from core.networks.doubt import EXAM, NO_DIGIT, TenOrNone, calibrated, with_no_digits
from core.networks.making import make
from core.networks.recipes import Recipe


def test_the_eleventh_score_is_always_zero():
    logits = torch.randn(6, CLASSES)
    labels = torch.tensor([0, 9, 3, NO_DIGIT, NO_DIGIT, 5])
    eleven = torch.cat([logits, torch.zeros(6, 1)], dim=1)
    assert TenOrNone()(logits, labels) == functional.cross_entropy(eleven, labels)


def test_drawings_that_are_none_come_with_the_label_of_none(few):
    digits = with_no_digits(few["mnist"].train, 50)
    assert digits.labels[-50:].tolist() == [NO_DIGIT] * 50
    assert torch.equal(digits.images[:-50], few["mnist"].train.images)


def test_doubt_begins_where_99_of_100_of_every_kind_of_real_digits_are_answered(monkeypatch):
    values = torch.linspace(0, 0.99, 100)
    monkeypatch.setattr(doubt, "doubts", lambda model, images: values[: len(images)])
    images, labels = torch.zeros(100, 28, 28, dtype=torch.uint8), torch.zeros(100).long()
    many, few_digits = Digits(images, labels), Digits(images[:50], labels[:50])
    monkeypatch.setattr(doubt, "EXAM", 60)
    found = calibrated(build_model(TrainingConfig()), {"a": many, "b": few_digits}, {})
    assert found.above == pytest.approx(0.9801, abs=1e-4)  # what the harder of both asks for
    assert found.doubted["a"] == (1, 100)
    assert found.doubted["b"] == (0, 50)
    assert sum(images for name, (_, images) in found.doubted.items() if name in KINDS) == 60


def test_a_network_learns_to_doubt_in_a_minute(few, tmp_path, generated):
    """Of drawings that are no digit it doubts more than of digits, of which it saw neither."""
    config = TrainingConfig(epochs=4)
    recipe = Recipe("Small, for a test.", ("mnist",), config, no_digits=600)
    datasets = {**few, "mnist": generated}
    card = make("default", recipe, datasets, tmp_path, lambda line: None)
    assert card.no_digits == 600
    doubted = card.doubt.doubted
    assert doubted["MNIST, validation"][0] <= 0.0101 * doubted["MNIST, validation"][1]
    refused = sum(doubted[kind][0] for kind in KINDS)
    assert refused > 0.1 * EXAM > 5 * doubted["MNIST, test"][0]


def test_doubt_is_a_share_of_a_softmax_over_eleven(few):
    model = build_model(TrainingConfig())
    images = few["mnist"].test.images[:20].float() / 255
    with torch.no_grad():
        eleven = functional.pad(model(images), (0, 1)).softmax(dim=1)
    torch.testing.assert_close(doubts(model, images), eleven[:, CLASSES])
    with pytest.raises(ValueError, match="shape"):
        doubts(model, images[0])
