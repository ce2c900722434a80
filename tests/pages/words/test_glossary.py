"""The glossary: every term that a text marks is explained, and every one explained is used."""

from __future__ import annotations

import ast
import re

import pytest

from pages.ui.learn.course import LESSONS, read_lesson
from pages.ui.words import glossary, text_files
from pages.ui.words.glossary import Term, marked, matching, terms, tip
from tests.conftest import ROOT
from tests.pages.app import open_page, press, unfold


def known() -> set[str]:
    return {name.lower() for term in terms() for name in term.names}


def lesson_texts() -> list[str]:
    lessons = [read_lesson(name) for name in LESSONS]
    parts = [part for lesson in lessons for part in vars(lesson).values()]
    return [part if isinstance(part, str) else " ".join(part) for part in parts]


def program_texts() -> list[str]:
    """Every text in the code of the pages, and in the tables that they show."""
    tables = [ROOT / "core" / "config.py", ROOT / "core" / "settings" / "choices.py"]
    files = [ROOT / "app.py", *tables, *(ROOT / "pages").rglob("*.py")]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    return [
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def all_marked(texts: list[str]) -> set[str]:
    """The terms between single stars, without an article."""
    return {re.sub("^an? ", "", term.lower()) for text in texts for term in marked(text)}


def test_every_term_that_a_text_marks_is_explained():
    assert len(all_marked(lesson_texts())) > 30
    assert not all_marked(lesson_texts() + program_texts()) - known()
    assert not marked("**not** so * and so * 2*3*4")


def test_every_term_explained_is_used_somewhere():
    everything = " ".join(lesson_texts() + program_texts()).lower()
    unused = [
        term.name
        for term in terms()
        if not any(
            re.search(rf"(?<!\w){re.escape(n.lower())}(?!\w)", everything) for n in term.names
        )
    ]
    assert not unused


def test_every_tooltip_asked_for_is_there():
    for file in [ROOT / "app.py", *(ROOT / "pages").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            asked = node.args[0] if is_tip(node) else None
            if isinstance(node, ast.keyword) and node.arg == "term":  # of a dropdown
                asked = node.value
            if isinstance(asked, ast.Constant):
                assert tip(asked.value), f"{file.name}: {asked.value}"


def test_every_word_that_a_page_lists_first_is_explained():
    lists = [
        node.value
        for file in (ROOT / "pages").glob("*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "WORDS"
    ]
    assert len(lists) == 3
    for node in (each for one in lists for each in ast.walk(one)):
        assert not isinstance(node, ast.Constant) or tip(node.value), node.value


def is_tip(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "tip"


def test_every_tooltip_comes_from_the_glossary():
    for file in [ROOT / "app.py", *(ROOT / "pages").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "help":
                assert any(is_tip(each) for each in ast.walk(node.value)), (
                    f"{file.name}, line {node.value.lineno}: {ast.unparse(node.value)}"
                )


def test_every_setting_of_a_run_has_its_tooltip(home):
    page = unfold(press(open_page("train"), "Build your own network"), "More settings")
    widgets = [*page.menu_button, *page.slider, *page.select_slider, *page.toggle]
    widgets += [*page.get("button_group"), *page.number_input]
    meanings = [term.meaning for term in terms()]
    explained = {
        each.label.partition(":")[0]
        for each in widgets
        if any(meaning in each.proto.help for meaning in meanings)
    }
    assert explained >= {
        *("Learn from", "Kind", "Activation", "Dropout", "Optimiser", "Learning rate"),
        *("Learning rate over time", "Batch size", "Epochs", "Seed", "Training images"),
        *("Share of labels made wrong", "Harder batches", "Speed"),
    }


def test_no_term_is_explained_twice_and_each_in_one_short_sentence():
    names = [name for term in terms() for name in term.names]
    assert len(names) == len(set(names))
    for term in terms():
        assert re.fullmatch(r"([^.!?]|\.\d)+\.", term.meaning), term.name
        assert len(term.meaning.split()) <= 26, term.name


def test_a_tooltip_is_found_by_any_name():
    assert tip("loss")
    assert tip("epochs") == tip("epoch")
    assert tip("no such word") is None


def test_searching_finds_names_before_meanings():
    found = [Term("loss", "How wrong it is."), Term("batch", "Some pictures, one loss.")]
    assert matching(found, " LOSS ") == found
    assert matching(found, "pictures") == found[1:]
    assert matching(found, "xyz") == []
    assert matching(found, "") == found


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "is missing"),
        ("not = [toml", "is not valid TOML"),
        ('["loss"]\nalso = ["x"]', 'nothing usable about "loss"'),
        ("loss = 3", 'nothing usable about "loss"'),
    ],
)
def test_a_broken_glossary_says_what_is_wrong_and_takes_no_page_down(
    tmp_path, monkeypatch, content, complaint
):
    monkeypatch.setattr(text_files, "TEXT", tmp_path)
    if content is not None:
        (tmp_path / glossary.FILE).write_text(content, encoding="utf-8")
    with pytest.raises(text_files.TextError, match=complaint) as error:
        terms()
    assert "glossary.toml" in str(error.value)
    assert tip("loss") is None


def test_a_short_entry_needs_no_table(tmp_path, monkeypatch):
    monkeypatch.setattr(text_files, "TEXT", tmp_path)
    (tmp_path / glossary.FILE).write_text('loss = "How wrong it is."', encoding="utf-8")
    assert terms() == [Term("loss", "How wrong it is.")]
