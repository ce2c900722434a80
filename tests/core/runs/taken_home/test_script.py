"""The stand-alone script and the notebook, run for real: they train as the app does."""

from __future__ import annotations

import contextlib
import io
import json

import pytest

from core.config import OPTIMIZERS, TrainingConfig
from core.data import DigitDataset, Digits, split
from core.datasets import synthetic
from core.evaluation import evaluate
from core.model import build_model
from core.runs.taken_home.digits_file import digits_file
from core.runs.taken_home.notebook import notebook
from core.runs.taken_home.script import DIGITS_FILE, HELD_OUT, script
from core.trainer import train
from tests.idx_files import idx
from tests.torchvision_guard import import_torchvision

TRAINING, TEST = 400, 1_100  # images beside those held out
DISTINCT = 650


@pytest.fixture(scope="module")
def digits() -> Digits:
    """As many as the script needs, made once; the same few again and again."""
    images, labels, _ = synthetic.generate(DISTINCT, seed=3)
    times = (HELD_OUT + TRAINING + TEST) // DISTINCT
    return Digits(images.repeat(times, 1, 1), labels.repeat(times))


@pytest.fixture
def small(digits, tmp_path, monkeypatch) -> DigitDataset:
    """Digits in the files where the script looks for them; and as the app has them."""
    import_torchvision()  # with the guard: the script imports it plainly, as people do
    pool, test = digits[:-TEST], digits[-TEST:]
    raw = tmp_path / "data" / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name, part in (("train", pool), ("t10k", test)):
        (raw / f"{name}-images-idx3-ubyte").write_bytes(idx(part.images))
        (raw / f"{name}-labels-idx1-ubyte").write_bytes(idx(part.labels))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    train_part, validation = split(pool, HELD_OUT)
    dataset = DigitDataset("small", train_part, validation[:0], test)  # the script checks nothing
    (tmp_path / DIGITS_FILE).write_bytes(digits_file(dataset))
    return dataset


def run(source: str) -> tuple[dict, str]:
    """What a program leaves behind, and what it prints."""
    namespace: dict = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(source, "digits.py", "exec", dont_inherit=True), namespace)
    return namespace, printed.getvalue()


def cells(book: str) -> list[str]:
    return ["".join(each["source"]) for each in json.loads(book)["cells"]]


def code_of(book: str) -> str:
    """The cells of a notebook that hold code, one after the other."""
    kinds = [each["cell_type"] for each in json.loads(book)["cells"]]
    both = zip(kinds, cells(book), strict=True)
    return "\n".join(text for kind, text in both if kind == "code")


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
    "built-in, wrong labels, dropout": TrainingConfig(
        dataset="generated",
        label_noise=0.3,
        exclude_digits=(0, 5),
        dropout=0.4,
        activation="gelu",
        optimizer="adamw",
        seed=3,
    ),
    "convolutional, harder batches": TrainingConfig(
        architecture="conv",
        hidden_sizes=(20,),
        dropout=0.2,
        batch_size=100,
        epochs=1,
        harder_batches=True,
        training_images=300,
        label_noise=0.1,
    ),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_script_and_notebook_have_the_losses_and_the_grade_of_the_app(small, name):
    config = CONFIGS[name]
    losses, right = in_the_app(small, config)
    for source in (script(config), code_of(notebook(config))):
        namespace, printed = run(source)
        if config.architecture == "dense":
            assert namespace["losses"] == losses  # to the bit
        assert namespace["losses"] == pytest.approx(losses, abs=1e-4, rel=0)
        assert namespace["right"] == right
        assert f"read correctly: {right} of {TEST} test images" in printed


@pytest.mark.parametrize("name", ["tutorial", "other choices", "no hidden layer"])
def test_the_plain_script_is_nearly_the_app(small, name):
    """A plain optimiser rounds otherwise than one in a single pass: in a dozen steps by little."""
    namespace, _ = run(script(CONFIGS[name], plain=True))
    losses, right = in_the_app(small, CONFIGS[name])
    assert namespace["losses"] == pytest.approx(losses, rel=1e-4)
    assert abs(namespace["right"] - right) <= 0.005 * TEST


def in_the_app(dataset: DigitDataset, config: TrainingConfig) -> tuple[list[float], int]:
    """The losses of a run in the app, and how many test images its network reads correctly."""
    model = build_model(config)
    losses = [progress.loss for progress in train(model, dataset, config)]
    return losses, evaluate(model, dataset.test).correct


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_plain_script_shows_the_optimizer_and_not_how_we_hurry_it(optimizer):
    source = script(TrainingConfig(optimizer=optimizer), plain=True)
    assert "fused" not in source
    assert f"torch.optim.{OPTIMIZERS[optimizer].torch_name}(model.parameters(), lr=0.001" in source
    assert ("momentum=0.9" in source) == (optimizer == "sgd_momentum")


@pytest.mark.parametrize("name", CONFIGS)
def test_the_script_knows_nothing_of_the_app_and_fits_a_screen(name):
    source = script(CONFIGS[name])
    assert "core" not in source.replace("scores", "")
    assert "streamlit" not in source
    assert max(map(len, source.splitlines())) <= 100


def test_a_notebook_is_one_and_explains_every_part():
    book = json.loads(notebook(CONFIGS["convolutional, harder batches"]))
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    kinds = [each["cell_type"] for each in book["cells"]]
    assert kinds[0] == "markdown" and kinds[1:] == ["markdown", "code"] * (len(kinds) // 2)
    assert len({each["id"] for each in book["cells"]}) == len(kinds)
    assert cells(json.dumps(book))[3].startswith("## The data\n\n60,000 images")
