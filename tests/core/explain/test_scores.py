"""The scores of one image, and which digit comes next."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.background import Refused
from core.config import TrainingConfig
from core.evaluation import probabilities
from core.explain.scores import answer_to, likeliest, score_of, scores, strongest_rival
from core.model import build_model


@pytest.fixture
def model():
    return build_model(TrainingConfig()).eval()


@pytest.fixture(scope="module")
def image(generated) -> np.ndarray:
    return (generated.test.images[0].float() / 255).numpy()


def test_the_scores_are_those_of_the_network(model, image):
    with torch.no_grad():
        expected = model(torch.tensor(image)[None])
    assert torch.equal(scores(model, image), expected[0])
    difference = score_of(model, 3, 8)(torch.tensor(image)[None])
    assert difference.item() == (expected[0, 3] - expected[0, 8]).item()


def test_the_rival_is_the_best_of_the_others(model, image):
    order = scores(model, image).argsort(descending=True).tolist()
    assert strongest_rival(model, image, order[0]) == order[1]
    assert strongest_rival(model, image, order[5]) == order[0]


def test_scores_that_are_no_numbers_are_an_error(model, image):
    with torch.no_grad():
        model.layers.output.bias[0] = torch.nan
    with pytest.raises(Refused, match="no numbers"):
        scores(model, image)


def test_the_answer_is_the_likeliest_digit(model, image):
    shares = probabilities(model, image[None])[0].numpy()
    digit, share = answer_to(model, image)
    assert [digit] == likeliest(shares, 1)
    assert share == pytest.approx(max(shares.tolist()))
    order = likeliest(shares, 10)
    assert sorted(order) == list(range(10))
    assert [shares[each] for each in order] == sorted(shares.tolist(), reverse=True)
    with torch.no_grad():
        model.layers.output.bias[0] = torch.nan
    with pytest.raises(Refused, match="no numbers"):
        answer_to(model, image)
