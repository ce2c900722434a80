"""The network in one file: what is in it, that it asks nobody, how large it may be.

That it answers as the app does is held in a real browser: tests/browser/test_reader_page.py.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re

import numpy as np
import pytest
import torch

from core.config import ACTIVATIONS, TrainingConfig
from core.model import build_model
from core.runs.reader_page.layers import layers_of, packed
from core.runs.reader_page.page import (
    BITS,
    FOLDER,
    MOST_BYTES,
    TooLarge,
    most_weights,
    problem_with,
    reader_page,
)

NASTY = "</script><img src=x>{{script}} & “Müller”"
SMALL = TrainingConfig(hidden_sizes=(3,))


def made(**changes) -> str:
    config = SMALL.changed(**changes)
    return reader_page(build_model(config), NASTY, ["It reads 9 < 10.", NASTY], 0.25).decode()


def test_what_anybody_wrote_is_shown_as_text():
    page = made()
    assert "</script><img" not in page
    assert page.count("&lt;/script&gt;&lt;img src=x&gt;{{script}} &amp; “Müller”") == 3
    assert page.count("<script") == page.count("</script>") == 2


def test_it_asks_nobody_and_runs_nothing_but_its_own_script():
    page = reader_page(build_model(SMALL), "It").decode()
    assert not re.search(r"""https?:|(?:src|href)=|url\(|@import|fetch|import\(""", page)
    policy = re.search(r'Security-Policy" content="([^"]+)"', page).group(1)
    assert policy.startswith("default-src 'none';")
    for kind, element in (("script", "<script>"), ("style", "<style>")):
        (content,) = re.findall(f"{element}(.*?)</{kind}>", page, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_the_network_is_in_it_to_the_last_bit_and_so_is_its_doubt():
    model = build_model(SMALL)
    page = reader_page(model, "</script>", (), 0.25).decode()
    text = re.search(r'id="network">(.*?)</script>', page, flags=re.DOTALL).group(1)
    network = json.loads(text)
    assert network["doubtAbove"] == 0.25
    assert [layer["kind"] for layer in network["layers"]] == ["Linear", "ReLU", "Linear"]
    found = np.frombuffer(base64.b64decode(network["layers"][0]["weights"]["base64"]), "<f4")
    assert np.array_equal(found, model.layers.hidden_1.weight.detach().numpy().ravel())


def test_half_the_bits_round_to_the_nearest():
    numbers = torch.tensor([[0.1, -2.0], [1e-7, 70_000.0]])
    with np.errstate(over="ignore"):
        found = np.frombuffer(base64.b64decode(packed(numbers, 16)["base64"]), "<f2")
    assert found.tolist() == [0.0999755859375, -2.0, 1.1920928955078125e-07, np.inf]


def test_every_activation_and_every_layer_has_its_line_in_the_script():
    script = (FOLDER / "network.js").read_text(encoding="utf-8")
    for name, choice in ACTIVATIONS.items():
        assert f"  {choice.torch_name}: " in script, f"{name} is missing in network.js"
    conv = TrainingConfig(architecture="conv", dropout=0.5)
    kinds = {layer["kind"] for layer in layers_of(build_model(conv))}
    assert kinds == {"Conv2d", "MaxPool2d", "BatchNorm2d", "ReLU", "Linear"}
    for kind in kinds - {"ReLU"}:
        assert f"  {kind}(values, " in script


@pytest.mark.parametrize("bits", BITS)
def test_the_largest_network_that_fits_makes_a_file_within_the_limit(bits):
    units = (most_weights(bits) - 10) // (784 + 1 + 10)
    config = TrainingConfig(hidden_sizes=(units,))
    page = reader_page(build_model(config), "It")
    assert 0.97 * MOST_BYTES < len(page) <= MOST_BYTES
    assert f'"bits": {bits}, ' in page.decode()
    assert problem_with(config) == ""


def test_a_network_that_is_too_large_is_refused_with_what_would_work():
    config = TrainingConfig(hidden_sizes=(2_048,))
    said = problem_with(config)
    assert said.startswith("This network has 1,628,170 weights")
    assert said.endswith("One with at most 540,000 fits: train it with smaller hidden layers.")
    with pytest.raises(TooLarge, match="1,628,170 weights"):
        reader_page(build_model(config), "It")
