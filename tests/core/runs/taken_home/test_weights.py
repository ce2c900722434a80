"""Weights as files, read back by the programs that they are made for."""

from __future__ import annotations

import io

import numpy as np
import onnxruntime
import pytest
import torch

from core.config import ACTIVATIONS, ARCHITECTURES, TrainingConfig
from core.datasets.synthetic import generate
from core.evaluation import predict_logits, probabilities
from core.model import build_model
from core.runs.taken_home.script import sections
from core.runs.taken_home.weights import as_onnx, as_state_dict

SIZES = {"dense": (40, 20), "conv": (32,)}


@pytest.fixture(scope="module")
def images() -> torch.Tensor:
    return generate(40, seed=1)[0].float() / 255


def network(images: torch.Tensor, **settings) -> tuple[torch.nn.Module, TrainingConfig]:
    """One whose numbers are not those of the beginning, in its batch normalisation either."""
    config = TrainingConfig(**{"hidden_sizes": SIZES[settings["architecture"]], **settings})
    model = build_model(config).train()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        model(images).logsumexp(dim=1).mean().backward()
        optimizer.step()
    return model.eval(), config


KINDS = [(kind, activation) for kind in ARCHITECTURES for activation in ACTIVATIONS]


@pytest.mark.parametrize(("architecture", "activation"), KINDS)
def test_onnx_answers_as_the_app_does(images, architecture, activation):
    settings = {"architecture": architecture, "activation": activation, "dropout": 0.2}
    model, _ = network(images, **settings)
    session = onnxruntime.InferenceSession(as_onnx(model), providers=["CPUExecutionProvider"])
    for batch in (images, images[:1]):  # of any size
        logits, shares = session.run(["logits", "probabilities"], {"images": batch.numpy()})
        assert np.abs(logits - predict_logits(model, batch).numpy()).max() <= 1e-5
        assert np.abs(shares - probabilities(model, batch).numpy()).max() <= 1e-5


def test_onnx_says_what_it_takes_and_knows_networks_without_hidden_layers(images):
    model, _ = network(images, architecture="dense", hidden_sizes=())
    session = onnxruntime.InferenceSession(as_onnx(model), providers=["CPUExecutionProvider"])
    (given,) = session.get_inputs()
    assert (given.name, given.type, given.shape) == ("images", "tensor(float)", ["batch", 28, 28])
    assert "divide by 255" in session.get_modelmeta().description
    (logits,) = session.run(["logits"], {"images": images.numpy()})
    assert np.abs(logits - predict_logits(model, images).numpy()).max() <= 1e-5


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_state_dict_fits_the_network_of_the_script(images, architecture):
    settings = {"architecture": architecture, "dropout": 0.3, "dataset": "generated"}
    model, config = network(images, **settings)
    head, _, dropout, layers, *_ = (each.code for each in sections(config))
    namespace: dict = {"__name__": "__main__"}
    exec("\n".join((head, dropout, layers)), namespace)
    theirs = namespace["model"]
    theirs.load_state_dict(torch.load(io.BytesIO(as_state_dict(model)), weights_only=True))
    maps = images.unsqueeze(1)
    torch.testing.assert_close(theirs.eval()(maps), model(maps))
