"""Making a network that ships: what is written, what is learned from, and that it repeats."""

import json

import torch

from core.config import TrainingConfig
from core.datasets.pens.collection import load as load_strokes
from core.datasets.pens.collection import split
from core.evaluation import evaluate
from core.networks import recipes
from core.networks.card import Card, Score
from core.networks.making import make
from core.networks.recipes import Recipe
from core.pretrained import load


def test_a_card_survives_json():
    card = load("default").card
    assert Card.from_dict(json.loads(json.dumps(card.to_dict()))) == card


def test_making_a_network_writes_what_load_reads_and_repeats(few, tmp_path):
    recipe = Recipe(
        "Small, for a test.",
        ("mnist", "generated"),
        TrainingConfig(architecture="conv", hidden_sizes=(), harder_batches=True, epochs=2),
    )
    lines = []
    first = make("default", recipe, few, tmp_path / "a", lines.append)
    again = make("default", recipe, few, tmp_path / "b", lines.append)
    assert first == again == load("default", tmp_path / "a").card
    assert first.training_images == {"mnist": 300, "generated": 300}
    measured = evaluate(load("default", tmp_path / "a").model, few["mnist"].test)
    assert first.scores["mnist"] == Score(measured.correct, 100, measured.loss)
    assert "600 images" in lines[0]
    assert "epoch 1 of 2" in lines[1] and "to go" in lines[1]


def test_real_strokes_are_learned_from_and_examined_on_other_writers():
    strokes = recipes.pen_strokes(500)
    learned, held_back = split(load_strokes())
    assert len(strokes.train) == 500
    assert len(strokes.test) == len(held_back) > 1_000
    assert not set(learned.writers) & set(held_back.writers)
    assert strokes.test.labels.tolist() == held_back.labels.tolist()
    assert len(strokes.validation) == len(recipes.pen_strokes(0).train) == 0
    model = load("default").model
    assert evaluate(model, strokes.train).accuracy > 0.93  # varied, they can still be read
    again = recipes.pen_strokes(500)
    assert torch.equal(strokes.train.images, again.train.images)
