"""The stand-alone script, run for real: it trains as the app does, on digits of our own."""

from __future__ import annotations

import contextlib
import io

import numpy as np
import pytest

from core.config import OPTIMIZERS, ConfigError, TrainingConfig
from core.data import DigitDataset, Digits, split
from core.datasets import synthetic
from core.evaluation import evaluate
from core.model import build_model
from core.runs.export import HELD_OUT, script
from core.trainer import build_optimizer, train
from tests.torchvision_guard import import_torchvision

TRAINING, TEST = 400, 1_100  # images beside those held out


def write_idx(path, numbers: np.ndarray) -> None:
    """The format of MNIST's files: a type, the number of directions, their sizes, the bytes."""
    sizes = b"".join(size.to_bytes(4, "big") for size in numbers.shape)
    path.write_bytes(bytes([0, 0, 8, numbers.ndim]) + sizes + numbers.astype(np.uint8).tobytes())


@pytest.fixture(scope="module")
def digits() -> Digits:
    """As many as the script needs, made once."""
    images, labels, _ = synthetic.generate(HELD_OUT + TRAINING + TEST, seed=3)
    return Digits(images, labels)


@pytest.fixture
def small(digits, tmp_path, monkeypatch) -> DigitDataset:
    """Digits in MNIST's own files, where the script looks for them; and as the app has them."""
    import_torchvision()  # with the guard: the script imports it plainly, as people do
    pool, test = digits[:-TEST], digits[-TEST:]
    raw = tmp_path / "data" / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name, part in (("train", pool), ("t10k", test)):
        write_idx(raw / f"{name}-images-idx3-ubyte", part.images.numpy())
        write_idx(raw / f"{name}-labels-idx1-ubyte", part.labels.numpy())
    monkeypatch.chdir(tmp_path)
    train_part, validation = split(pool, HELD_OUT)
    return DigitDataset("small", train_part, validation[:0], test)  # the script checks nothing


def run(source: str) -> tuple[dict, str]:
    """What the script leaves behind, and what it prints."""
    namespace: dict = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(source, "digits.py", "exec"), namespace)
    return namespace, printed.getvalue()


CONFIGS = {
    "tutorial": TrainingConfig(),
    "other choices": TrainingConfig(
        hidden_sizes=(30,),
        activation="leaky_relu",
        optimizer="sgd_momentum",
        learning_rate=0.05,
        schedule="cosine",
        batch_size=50,
        epochs=2,
        seed=7,
        exclude_digits=(4, 9),
        training_images=200,
    ),
    "no hidden layer": TrainingConfig(hidden_sizes=(), activation="tanh", optimizer="rmsprop"),
    "convolutional": TrainingConfig(
        architecture="conv", hidden_sizes=(20,), batch_size=100, epochs=1
    ),
}


def as_we_run_it(source: str, config: TrainingConfig) -> str:
    """The script with the optimiser in one pass over all weights, if the app takes it so."""
    if not build_optimizer(build_model(config), config).defaults.get("fused"):
        return source
    plain = f"(model.parameters(), lr={config.learning_rate}"
    assert source.count(plain) == 1
    return source.replace(plain, f"{plain}, fused=True")


@pytest.mark.parametrize("name", CONFIGS)
def test_the_script_has_the_losses_and_the_grade_of_the_app(small, name):
    config = CONFIGS[name]
    namespace, printed = run(as_we_run_it(script(config), config))
    losses, right = in_the_app(small, config)
    if config.architecture == "dense":
        assert namespace["losses"] == losses  # to the bit
        assert namespace["right"] == right
    else:  # our convolutions keep their numbers in another order, so they round otherwise
        assert namespace["losses"] == pytest.approx(losses, rel=0.01)
        assert abs(namespace["right"] - right) <= 0.02 * TEST
    assert f"read correctly: {namespace['right']} of {TEST} test images" in printed


@pytest.mark.parametrize("name", [name for name in CONFIGS if name != "convolutional"])
def test_as_it_is_the_script_is_nearly_the_app(small, name):
    """A plain optimiser rounds otherwise than one in a single pass: in a dozen steps by little."""
    namespace, _ = run(script(CONFIGS[name]))
    losses, right = in_the_app(small, CONFIGS[name])
    assert namespace["losses"] == pytest.approx(losses, rel=1e-4)
    assert abs(namespace["right"] - right) <= 0.005 * TEST


def in_the_app(dataset: DigitDataset, config: TrainingConfig) -> tuple[list[float], int]:
    """The losses of a run in the app, and how many test images its network reads correctly."""
    model = build_model(config)
    losses = [progress.loss for progress in train(model, dataset, config)]
    return losses, evaluate(model, dataset.test).correct


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_script_shows_the_optimizer_and_not_how_we_hurry_it(optimizer):
    source = script(TrainingConfig(optimizer=optimizer))
    assert "fused" not in source
    assert f"torch.optim.{OPTIMIZERS[optimizer].torch_name}(model.parameters(), lr=0.001" in source
    assert ("momentum=0.9" in source) == (optimizer == "sgd_momentum")


def test_dropout_is_in_the_script(small):
    source = script(TrainingConfig(dropout=0.5, epochs=1))
    assert source.count("nn.Dropout(0.5)") == 2
    losses = run(source)[0]["losses"]
    assert np.isfinite(losses).all()


def test_the_script_knows_nothing_of_the_app():
    source = script(TrainingConfig())
    assert "core" not in source
    assert "streamlit" not in source
    assert max(map(len, source.splitlines())) <= 100


@pytest.mark.parametrize(
    "setting", [{"dataset": "generated"}, {"harder_batches": True}, {"label_noise": 0.3}]
)
def test_settings_that_need_the_app_are_refused_by_name(setting):
    with pytest.raises(ConfigError) as error:
        script(TrainingConfig(**setting))
    assert error.value.setting in setting
