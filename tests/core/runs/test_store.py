"""Saved runs: there and back, readable without Python, whole or not at all."""

import csv
import json

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.evaluation import Evaluation
from core.model import build_model
from core.runs.store import Run, RunError, RunStore, ValidationPoint


@pytest.fixture
def run():
    config = TrainingConfig(hidden_sizes=(5,), exclude_digits=(7,))
    return Run(
        id="abcdef_-12",
        config=config,
        complete=True,
        total_iterations=6,
        seconds=1.5,
        losses=np.array([2.3, 1.1, 0.123456789], dtype=np.float32),
        validation=(ValidationPoint(3, 0.5, 0.9, 5_000),),
        test=Evaluation(0.25, torch.eye(10, dtype=torch.int64) * 100),
        weights=build_model(config).state_dict(),
    )


def test_a_run_comes_back_as_it_was(tmp_path, run):
    store = RunStore(tmp_path)
    store.save(run)
    again = store.load(run.id)
    assert again.config == run.config
    assert np.array_equal(again.losses, run.losses)
    assert again.validation == run.validation
    assert torch.equal(again.test.confusion, run.test.confusion)
    images = torch.rand(3, 28, 28)
    assert torch.equal(again.model()(images), run.model()(images))
    assert not again.model().training


def test_the_folder_is_readable_without_the_app(tmp_path, run):
    RunStore(tmp_path).save(run)
    folder = tmp_path / run.id
    assert json.loads((folder / "run.json").read_text())["config"]["hidden_sizes"] == [5]
    rows = list(csv.DictReader((folder / "history.csv").open()))
    assert [row["iteration"] for row in rows] == ["1", "2", "3"]
    assert float(rows[0]["loss"]) == pytest.approx(2.3)


def test_saving_twice_replaces(tmp_path, run):
    store = RunStore(tmp_path)
    store.save(run)
    store.save(run)
    assert [path.name for path in tmp_path.iterdir()] == [run.id]


def test_a_disk_that_fills_up_in_the_middle_leaves_nothing(tmp_path, run, monkeypatch):
    def full(self, *args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(RunError, match="No space left on device"):
        RunStore(tmp_path).save(run)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path, run):
    (tmp_path / "runs").write_text("a file where the folder should be")
    with pytest.raises(RunError, match="runs"):
        RunStore(tmp_path / "runs").save(run)


@pytest.mark.parametrize("name", ["nothing-here", "../../etc", "", "a/b/c/d/e/f", "x" * 41])
def test_a_run_that_is_not_there_is_an_error(tmp_path, name):
    with pytest.raises(RunError, match="no saved run"):
        RunStore(tmp_path).load(name)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("run.json", "{"),
        ("run.json", "[]"),
        ("run.json", '{"id": 1}'),
        ("history.csv", "iteration,loss\n1,many\n"),
        ("weights.safetensors", "not weights"),
        ("run.json", "[" * 100_000),
        ("history.csv", ""),
        ("history.csv", "iteration,loss\n1,0.5\n"),
        ("history.csv", "\0" * 200_000),
        ("history.csv", "iteration,loss\n1,nan\n"),
    ],
)
def test_damaged_files_are_an_error(tmp_path, run, file, content):
    RunStore(tmp_path).save(run)
    (tmp_path / run.id / file).write_text(content)
    with pytest.raises(RunError, match="damaged"):
        RunStore(tmp_path).load(run.id)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("total_iterations", 0),
        ("total_iterations", None),
        ("seconds", None),
        ("seconds", float("nan")),
        ("iterations", 10**400),
        ("config", {"epochs": 10**400}),
        ("test", {"loss": 0.1, "confusion": [[0] * 10] * 10}),
        ("test", {"loss": 0.1, "confusion": [[1]]}),
        ("test", {"loss": float("inf"), "confusion": [[1] * 10] * 10}),
    ],
)
def test_a_value_that_cannot_be_is_damage_too(tmp_path, run, name, value):
    RunStore(tmp_path).save(run)
    file = tmp_path / run.id / "run.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {name: value}))
    with pytest.raises(RunError, match="damaged"):
        RunStore(tmp_path).load(run.id)


def test_a_run_cannot_be_saved_outside_of_its_folder(tmp_path, run):
    with pytest.raises(RunError, match="no name"):
        RunStore(tmp_path / "runs").save(Run(**{**vars(run), "id": "../evil"}))
    assert list(tmp_path.iterdir()) == []


def test_weights_of_another_network_are_an_error(tmp_path, run):
    RunStore(tmp_path).save(run)
    other = Run(**{**vars(run), "id": "other-run", "config": TrainingConfig()})
    RunStore(tmp_path).save(other)
    with pytest.raises(RunError, match="do not fit"):
        RunStore(tmp_path).load("other-run")
