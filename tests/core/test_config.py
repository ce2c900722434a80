"""TrainingConfig: the tutorial by default, every wrong setting named, there and back as a table."""

import json
import math
from dataclasses import FrozenInstanceError, fields

import pytest

from core.config import CHOICES, LIMITS, PRESETS, ConfigError, TrainingConfig


def test_the_defaults_are_the_tutorial_network():
    config = TrainingConfig()
    assert config.dataset == "mnist"
    assert config.architecture == "dense"
    assert config.hidden_sizes == (100, 50)
    assert (config.activation, config.optimizer) == ("relu", "adam")
    assert (config.learning_rate, config.batch_size, config.epochs) == (0.001, 128, 3)
    assert (config.dropout, config.label_noise, config.exclude_digits) == (0, 0, ())
    assert config.training_images is None
    assert not config.harder_batches
    assert config.schedule == "constant"


def test_it_is_frozen():
    with pytest.raises(FrozenInstanceError):
        TrainingConfig().epochs = 4


WRONG = [
    ("dataset", "cifar"),
    ("dataset", None),
    ("architecture", "transformer"),
    ("activation", "Relu"),
    ("optimizer", "lion"),
    ("schedule", ""),
    ("hidden_sizes", (0,)),
    ("hidden_sizes", (2_049,)),
    ("hidden_sizes", (10,) * 7),
    ("hidden_sizes", (10.5,)),
    ("hidden_sizes", 100),
    ("hidden_sizes", "100"),
    ("exclude_digits", (10,)),
    ("exclude_digits", (-1,)),
    ("exclude_digits", (7, 7)),
    ("exclude_digits", tuple(range(9))),
    ("label_noise", 1.1),
    ("label_noise", -0.1),
    ("dropout", 1),
    ("dropout", "0.5"),
    ("learning_rate", 0),
    ("learning_rate", 11),
    ("learning_rate", math.nan),
    ("learning_rate", math.inf),
    ("learning_rate", True),
    ("batch_size", 0),
    ("batch_size", 4_097),
    ("batch_size", 12.5),
    ("batch_size", None),
    ("epochs", 0),
    ("epochs", 101),
    ("epochs", True),
    ("seed", -1),
    ("seed", 2**31),
    ("training_images", 9),
    ("training_images", 60_001),
    ("harder_batches", 1),
]


@pytest.mark.parametrize(("setting", "value"), WRONG)
def test_a_wrong_setting_is_named_with_its_value_and_what_is_accepted(setting, value):
    with pytest.raises(ConfigError) as caught:
        TrainingConfig(**{setting: value})
    message = str(caught.value)
    assert caught.value.setting == setting
    assert setting in message
    accepted = list(CHOICES.get(setting, [])) or ["accepted", "has to be", "have to stay", "twice"]
    assert any(word in message for word in accepted)


def test_every_setting_is_checked():
    assert {setting for setting, _ in WRONG} == {each.name for each in fields(TrainingConfig)}


@pytest.mark.parametrize("name", ["learning_rate", "dropout", "label_noise"])
def test_limits_are_included(name):
    for value in (LIMITS[name].low, LIMITS[name].high):
        assert getattr(TrainingConfig(**{name: value}), name) == value


def test_to_dict_and_from_dict_are_a_round_trip_through_json():
    config = TrainingConfig(
        hidden_sizes=[20, 30], exclude_digits=[7], learning_rate=0.5, training_images=100
    )
    again = TrainingConfig.from_dict(json.loads(json.dumps(config.to_dict())))
    assert again == config
    assert hash(again) == hash(config)


def test_from_dict_fills_in_defaults_and_refuses_unknown_names():
    assert TrainingConfig.from_dict({}) == TrainingConfig()
    with pytest.raises(ConfigError, match="momentumm"):
        TrainingConfig.from_dict({"momentumm": 0.9})
    with pytest.raises(ConfigError):
        TrainingConfig.from_dict([1, 2])


def test_changed_checks_again():
    assert TrainingConfig().changed(epochs=5).epochs == 5
    with pytest.raises(ConfigError):
        TrainingConfig().changed(epochs=0)


def test_every_preset_travels_in_a_link_and_back():
    for preset in PRESETS.values():
        query = preset.config.to_query()
        assert all(isinstance(value, str) for value in query.values())
        assert TrainingConfig.from_query(query) == (preset.config, [])
    assert TrainingConfig().to_query() == {}


def test_a_link_with_wrong_values_falls_back_and_says_so():
    query = {"epochs": "900", "hidden_sizes": "a", "batch_size": "64", "harder_batches": "yes"}
    config, problems = TrainingConfig.from_query({**query, "run": "abc"})
    assert config == TrainingConfig(batch_size=64)
    assert {problem.setting for problem in problems} == {"epochs", "hidden_sizes", "harder_batches"}
    assert "900" in " ".join(map(str, problems))


def test_the_presets_of_the_tutorial_and_the_extremes():
    assert PRESETS["tutorial"].config == TrainingConfig()
    assert PRESETS["too_fast"].config.learning_rate == 1
    assert PRESETS["no_sevens"].config.exclude_digits == (7,)
    assert PRESETS["few_images"].config.training_images == 100


@pytest.mark.parametrize("setting", ["epochs", "learning_rate", "label_noise", "training_images"])
def test_numbers_beyond_all_bounds_are_refused_like_others(setting):
    with pytest.raises(ConfigError, match=setting):
        TrainingConfig(**{setting: 10**400})


def test_a_value_just_beyond_its_limit_is_shown_in_full():
    with pytest.raises(ConfigError, match=r"seed is 2,147,483,648; accepted: 0 to 2,147,483,647"):
        TrainingConfig(seed=2**31)
    with pytest.raises(ConfigError, match=r"learning_rate is 10\.0000001; accepted: 1e-06 to 10"):
        TrainingConfig(learning_rate=10.0000001)


def test_an_overlong_value_in_a_link_is_refused_and_not_cut():
    config, (problem,) = TrainingConfig.from_query({"seed": "0" * 99 + "75"})
    assert config == TrainingConfig()
    assert "101 characters" in str(problem)


def test_digits_left_out_in_a_link_are_explained():
    _, (problem,) = TrainingConfig.from_query({"exclude_digits": "x"})
    assert "digits 0 to 9" in str(problem)
