"""The built-in handwriting on disk: made once, known by its content and by its code."""

import ast
from pathlib import Path

import pytest
import torch

from core.data import load_dataset
from core.datasets import generated, synthetic
from core.datasets.pens.collection import load, split
from core.datasets.pens.varied import inked
from core.datasets.sources import is_at_hand
from core.datasets.styles import STYLES
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def so_few(monkeypatch):
    """So few digits that they are drawn at once."""
    monkeypatch.setattr(generated, "WRITTEN", 480)
    monkeypatch.setattr(generated, "DRAWN", 120)


def test_generated_digits_are_made_once_and_the_same_again(tmp_path, monkeypatch):
    heard = []
    first = load_dataset("generated", tmp_path, 100, lambda what, share: heard.append(share))
    assert heard == sorted(heard)
    assert heard[-1] == 1
    monkeypatch.setattr(synthetic, "generate", None)  # a second making would fail
    again = load_dataset("generated", tmp_path, 100)
    assert torch.equal(first.train.images, again.train.images)


def test_a_damaged_cache_is_made_again(tmp_path):
    first = load_dataset("generated", tmp_path, 100)
    (kept,) = (tmp_path / "generated").iterdir()
    kept.write_bytes(kept.read_bytes()[:1_000])
    again = load_dataset("generated", tmp_path, 100)
    assert torch.equal(first.test.images, again.test.images)


def test_digits_that_are_not_those_that_were_written_are_made_again(tmp_path):
    first = load_dataset("generated", tmp_path, 100)
    (kept,) = (tmp_path / "generated").iterdir()
    content = kept.read_bytes()
    kept.write_bytes(content[: len(content) // 2] + b"\0" * (len(content) - len(content) // 2))
    again = load_dataset("generated", tmp_path, 100)
    assert torch.equal(first.train.images, again.train.images)
    assert kept.read_bytes() == content


def test_generated_digits_do_without_a_folder_that_can_be_written(tmp_path):
    (tmp_path / "generated").write_text("a file where the folder should be")
    assert len(load_dataset("generated", tmp_path, 100).train) == 500


def test_whether_they_are_at_hand_is_known_before_and_after(tmp_path, monkeypatch):
    assert not is_at_hand("generated", tmp_path)
    load_dataset("generated", tmp_path, 100)
    assert is_at_hand("generated", tmp_path)
    assert not is_at_hand("mnist", tmp_path)
    monkeypatch.setattr(generated, "MADE_BY", generated.MADE_BY[1:])  # other code: it is stale
    assert not is_at_hand("generated", tmp_path)


def modules_used(path: Path) -> set[Path]:
    """The files of this project that a module imports, and those that they import, and so on."""
    found = {path}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("core"):
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            files = [ROOT / (name.replace(".", "/") + ".py") for name in names]
            found = found.union(*(modules_used(file) for file in files if file.is_file()))
    return found


def test_digits_are_known_by_all_code_that_makes_them():
    """Every module that the making imports from here, but for what settings may be."""
    core = ROOT / "core"
    makers = "datasets/synthetic.py", "datasets/pens/varied.py"
    used = {str(file.relative_to(core)) for maker in makers for file in modules_used(core / maker)}
    making = {name for name in used if name != "config.py" and not name.startswith("settings/")}
    data = {"datasets/sketches.txt", "datasets/pens/pens.npz"}
    assert making | data | {"datasets/generated.py"} == set(generated.MADE_BY)


def test_four_of_five_are_by_people_and_all_are_known_by_their_writers(tmp_path):
    dataset = load_dataset("generated", tmp_path, 100)
    people = len(load().names)
    assert [name.split()[0] for name in dataset.writers[people:]] == ["program"] * len(STYLES)
    learned_from = torch.cat([dataset.train.writers, dataset.validation.writers])
    assert (learned_from < people).sum() == 480
    for label, writer in zip(dataset.train.labels, dataset.train.writers, strict=True):
        if writer >= people:
            assert STYLES[dataset.writers[writer].removeprefix("program ")].digit == label
    examined = {dataset.writers[writer] for writer in dataset.test.writers}
    assert len(examined) == 9
    assert not examined & {dataset.writers[writer] for writer in learned_from}


def test_the_exam_is_as_people_wrote_it(tmp_path):
    _, held_back = split(load())
    test = load_dataset("generated", tmp_path, 100).test
    assert torch.equal(test.images, inked(held_back, torch.arange(len(held_back))))
    assert test.labels.tolist() == held_back.labels.tolist()
