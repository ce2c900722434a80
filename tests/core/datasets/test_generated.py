"""The built-in handwriting on disk: made once, known by its content and by its code."""

import ast
from pathlib import Path

import pytest
import torch

from core.data import load_dataset
from core.datasets import generated, synthetic
from core.datasets.sources import is_at_hand
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def so_few(monkeypatch):
    """So few digits that they are drawn at once."""
    monkeypatch.setattr(generated, "TRAINING", 600)
    monkeypatch.setattr(generated, "TEST", 100)


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
    monkeypatch.setattr(generated, "TEST", 101)  # stands for other code: what is kept is stale
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


def test_digits_are_known_by_all_code_that_draws_them():
    """Every module that the drawing imports from here, but for what settings may be."""
    core = ROOT / "core"
    used = {str(file.relative_to(core)) for file in modules_used(core / "datasets/synthetic.py")}
    drawn_by = {name for name in used if name != "config.py" and not name.startswith("settings/")}
    assert drawn_by == set(generated.DRAWN_BY)


def test_code_that_draws_otherwise_has_another_fingerprint(tmp_path, monkeypatch):
    for name in generated.DRAWN_BY:
        copy = tmp_path / name
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes((generated.CORE / name).read_bytes())
    usual = generated.fingerprint_of_the_code()
    monkeypatch.setattr(generated, "CORE", Path(tmp_path))
    assert generated.fingerprint_of_the_code() == usual
    for name in generated.DRAWN_BY:
        before = (tmp_path / name).read_text("utf-8")
        (tmp_path / name).write_text(before + "# a change", "utf-8")
        assert generated.fingerprint_of_the_code() != usual
        (tmp_path / name).write_text(before, "utf-8")
