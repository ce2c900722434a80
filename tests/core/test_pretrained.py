"""The networks that ship with the app: they load, their cards are true, damage is noticed."""

import json
import shutil

import pytest
import torch

from core import pretrained
from core.config import TrainingConfig
from core.data import DataUnavailable
from core.datasets.pens import collection
from core.evaluation import evaluate, probabilities
from core.networks.recipes import learned_from
from core.pretrained import FOLDER, RECIPES, PretrainedError, load

MEGABYTE = 1_000_000
_, HELD_BACK = collection.split(collection.load())  # digits of writers from whom nothing is learned


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped files, to be damaged."""
    return shutil.copytree(FOLDER, tmp_path / "networks")


@pytest.mark.parametrize("name", RECIPES)
class TestShipped:
    def test_it_reads_at_once(self, name):
        network = load(name)
        assert not network.model.training
        answers = probabilities(network.model, torch.rand(3, 28, 28))
        assert answers.shape == (3, 10)

    def test_weights_are_finite_and_as_many_as_the_card_says(self, name):
        network = load(name)
        assert all(tensor.isfinite().all() for tensor in network.model.state_dict().values())
        counted = sum(parameter.numel() for parameter in network.model.parameters())
        assert counted == network.card.weights

    def test_every_caller_gets_a_copy(self, name):
        with torch.no_grad():
            next(load(name).model.parameters()).zero_()
        assert next(load(name).model.parameters()).abs().sum() > 0

    def test_the_card_tells_what_the_recipe_says(self, name):
        card, recipe = load(name).card, RECIPES[name]
        assert card.name == name
        assert card.description == recipe.description
        assert card.config == recipe.config
        assert card.polish == (recipe.polish.config if recipe.polish else None)
        assert tuple(card.training_images) == learned_from(recipe)
        assert card.no_digits == recipe.no_digits
        assert card.versions["torch"]

    def test_scores_come_with_counts_and_intervals(self, name):
        written = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))["scores"]
        for dataset, score in load(name).card.scores.items():
            assert score.images == {"mnist": 10_000, "generated": len(HELD_BACK)}[dataset]
            low, high = written[dataset]["interval_95"]
            assert low < written[dataset]["accuracy"] < high
            assert written[dataset]["accuracy"] == pytest.approx(score.accuracy, abs=1e-4)

    def test_the_mnist_score_is_true(self, name, mnist):
        card = load(name).card
        measured = evaluate(load(name).model, mnist.test)
        assert measured.images == card.scores["mnist"].images
        assert measured.accuracy == pytest.approx(card.scores["mnist"].accuracy, abs=0.001)
        assert measured.loss == pytest.approx(card.scores["mnist"].loss, rel=0.01)

    def test_the_score_on_the_built_in_handwriting_is_true(self, name, generated):
        score = load(name).card.scores["generated"]
        measured = evaluate(load(name).model, generated.test)
        assert measured.images == score.images
        assert measured.accuracy == pytest.approx(score.accuracy, abs=0.001)
        assert measured.loss == pytest.approx(score.loss, rel=0.01)


def test_the_tutorial_is_the_reference_task():
    card = load("tutorial").card
    assert card.config == TrainingConfig()
    assert dict(card.training_images) == {"mnist": 55_000}
    assert 0.955 <= card.scores["mnist"].accuracy <= 0.97


def test_the_default_reads_best():
    default, tutorial = load().card, load("tutorial").card
    assert default.name == "default"
    assert default.scores["mnist"].accuracy >= 0.994
    for dataset in default.scores:
        assert default.scores[dataset].accuracy > tutorial.scores[dataset].accuracy
    assert default.scores["generated"].accuracy >= 0.985


def test_the_files_are_small_and_no_other_kind_is_there():
    """No pickle above all: beside the code that makes them lie weights and cards, nothing else."""
    there = [path for path in FOLDER.rglob("*") if "__pycache__" not in path.parts]
    files = [path for path in there if path.suffix != ".py"]
    assert sum(file.stat().st_size for file in files) <= 5 * MEGABYTE
    names = {f"{name}.{kind}" for name in RECIPES for kind in ("safetensors", "json")}
    assert {str(file.relative_to(FOLDER)) for file in files} == names


def test_an_unknown_name_is_told_what_there_is():
    with pytest.raises(PretrainedError, match=r"'best'.*default, tutorial"):
        load("best")


@pytest.mark.parametrize("kind", ["json", "safetensors"])
def test_a_missing_file_is_named(folder, kind):
    (folder / f"tutorial.{kind}").unlink()
    with pytest.raises(PretrainedError, match=rf"tutorial\.{kind} is missing.*core\.pretrained"):
        load("tutorial", folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"scores": {}, "config": {}}'])
def test_a_damaged_card_is_noticed(folder, content):
    (folder / "tutorial.json").write_bytes(content)
    with pytest.raises(PretrainedError, match="damaged"):
        load("tutorial", folder)


def test_damaged_weights_are_noticed(folder):
    path = folder / "tutorial.safetensors"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(PretrainedError, match="not those that the card describes"):
        load("tutorial", folder)


def test_weights_of_another_network_are_noticed(folder):
    card = json.loads((folder / "tutorial.json").read_text("utf-8"))
    card["config"]["hidden_sizes"] = [100, 40]
    (folder / "tutorial.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(PretrainedError, match="weights do not fit"):
        load("tutorial", folder)


class TestCommand:
    @pytest.fixture(autouse=True)
    def small_datasets(self, monkeypatch, few):
        threads = torch.get_num_threads()
        monkeypatch.setattr(pretrained, "load_dataset", lambda name, on_progress: few[name])
        yield
        torch.set_num_threads(threads)  # the command sets it for the whole program

    def run(self, folder, *arguments):
        return pretrained.main([*arguments, "--folder", str(folder)])

    def test_it_trains_and_then_checks(self, tmp_path, capsys):
        assert self.run(tmp_path, "tutorial") == 0
        names = {file.name for file in tmp_path.iterdir()}
        assert names == {"tutorial.safetensors", "tutorial.json"}
        assert self.run(tmp_path, "tutorial", "--check") == 0
        assert "The cards are right: tutorial." in capsys.readouterr().out

    def test_a_wrong_card_is_found_out(self, tmp_path, capsys):
        self.run(tmp_path, "tutorial")
        card = json.loads((tmp_path / "tutorial.json").read_text("utf-8"))
        card["scores"]["mnist"]["correct"] += 1
        (tmp_path / "tutorial.json").write_text(json.dumps(card), "utf-8")
        assert self.run(tmp_path, "tutorial", "--check") == 1
        assert "tutorial, mnist test set: card" in capsys.readouterr().out

    def test_unknown_names_are_refused(self, tmp_path, capsys):
        with pytest.raises(SystemExit):
            self.run(tmp_path, "best")
        assert "there are default, tutorial" in capsys.readouterr().err

    def test_missing_files_are_told(self, tmp_path, capsys):
        assert self.run(tmp_path, "default", "--check") == 1
        assert "is missing" in capsys.readouterr().err

    def test_missing_data_is_told(self, tmp_path, capsys, monkeypatch):
        def fail(name, on_progress):
            raise DataUnavailable("MNIST could not be downloaded.")

        monkeypatch.setattr(pretrained, "load_dataset", fail)
        assert self.run(tmp_path, "default") == 1
        assert "could not be downloaded" in capsys.readouterr().err
