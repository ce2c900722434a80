"""Making a network that ships: what is written, what is learned from, and that it repeats."""

import json

import torch

from core.config import TrainingConfig
from core.datasets.glyphs import STYLES
from core.evaluation import evaluate
from core.networks.card import Card, Score
from core.networks.making import make
from core.networks.recipes import Recipe, with_every_style
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


def test_every_style_comes_equally_often_with_right_labels(few):
    drawn_evenly = with_every_style(few["generated"]).train
    counts = drawn_evenly.labels.bincount(minlength=10)
    assert counts.min() >= 30 - len(STYLES) // 10 * 2 and counts.max() <= 30
    model = load("tutorial").model
    assert evaluate(model, drawn_evenly).accuracy > 0.7
    again = with_every_style(few["generated"]).train
    assert torch.equal(drawn_evenly.images, again.images)
