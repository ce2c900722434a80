"""The film of a run: its stills are the networks of its moments, and few bytes."""

from __future__ import annotations

import base64
import json
import zlib

import numpy as np
import pytest

from core.config import TrainingConfig
from core.model import build_model
from core.runs.at_work import at_work, in_steps, wall_digits
from core.runs.film import Film
from core.runs.moments import Moments
from core.trainer import train

CONFIG = TrainingConfig(dataset="generated", epochs=1, batch_size=100)


@pytest.fixture(scope="module")
def wall(generated):
    return wall_digits(generated.validation)


def moments_of(config: TrainingConfig, dataset, total: int):
    """The moments of a run of so many iterations."""
    model = build_model(config)
    kept = Moments(model, total)
    kept.offer(0, model)
    for progress in train(model, dataset, config):
        kept.offer(progress.iteration, model)
        if progress.iteration == total:
            return kept.taken
    raise AssertionError("the run is too short")


def unpacked(film: dict) -> np.ndarray:
    """The numbers of each still, as the browser makes them: uint8 (moments, numbers)."""
    changes = np.frombuffer(zlib.decompress(base64.b64decode(film["film"])), np.uint8)
    return np.cumsum(changes.reshape(len(film["at"]), -1), axis=0, dtype=np.uint8)


@pytest.mark.parametrize("architecture", ["dense", "conv"])
def test_each_still_is_the_network_of_its_moment(small, wall, architecture):
    config = CONFIG.changed(architecture=architecture, learning_rate=0.01)
    moments = moments_of(config, small, 5)
    film = Film()
    film.take(config, moments[:3], wall)
    film.take(config, moments, wall)
    given = json.loads(json.dumps(film.to_dict()))
    assert given["at"] == [0, 1, 2, 3, 4, 5]
    numbers = unpacked(given)
    shown = given["shown"] * given["side"] ** 2
    for place, moment in enumerate(moments):
        model = build_model(config)
        model.load_state_dict(moment.weights)
        found = at_work(model.eval(), wall)
        assert numbers[place, :shown].tolist() == in_steps(found.shown).tolist()
        assert numbers[place, shown:].tolist() == found.shares_in_bytes.ravel().tolist()
        assert given["answers"][place] == "".join(map(str, found.answers))
    assert len(set(given["answers"])) > 1


def test_a_moment_is_looked_at_once_and_outlives_its_weights(small, wall):
    moments = moments_of(CONFIG, small, 2)
    film = Film()
    film.take(CONFIG, moments, wall)
    before = film.to_dict()
    film.take(CONFIG, [], wall)
    assert film.to_dict() == before
    assert Film().to_dict()["at"] == []


def test_answers_of_a_broken_network_are_told_as_none(wall):
    model = build_model(CONFIG)
    model.layers.output.bias.data.fill_(float("nan"))
    kept = Moments(model, 1)
    kept.offer(0, model)
    film = Film()
    film.take(CONFIG, kept.taken, wall)
    assert film.to_dict()["answers"] == ["-" * 100]
