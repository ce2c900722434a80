"""Making a network that ships: what is written, what is learned from, and that it repeats."""

import json

import torch

from core.config import TrainingConfig
from core.datasets.rare_styles import STYLES as RARE_STYLES
from core.datasets.styles import STYLES
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


def test_what_networks_learn_from_beside_the_datasets_can_be_read_and_repeats():
    model = load("default").model
    for name, make_material in recipes.MATERIALS.items():
        material, again = make_material(10), make_material(10)
        assert torch.equal(material.train.images, again.train.images)
        assert material.name == name
        ways = {recipes.STYLED: len(STYLES), recipes.RARE: len(RARE_STYLES)}.get(name, 1)
        assert len(material.train) == 10 * ways
        assert evaluate(model, material.train).accuracy > 0.9  # varied, they can still be read
        assert len(material.validation) == len(material.test) == 0
