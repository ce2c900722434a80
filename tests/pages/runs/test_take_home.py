"""What of a run can be taken home, each file as its program expects it; and the way back."""

from __future__ import annotations

import ast
import io
import json
import zipfile

import numpy as np
import pytest

from core.config import TrainingConfig
from core.datasets import generated as source
from core.model import build_model
from core.runs.kept.files import weights
from core.runs.kept.store import RunStore
from core.runs.taken_home.archive import packed
from core.runs.taken_home.settings_file import settings_file
from pages.ui.runs import take_home
from pages.ui.runs.report import report_html
from pages.ui.runs.report_files import mistakes_of
from pages.ui.runs.take_home import file_name, groups, link_to_settings, made
from pages.ui.state import server
from pages.ui.state.visit import KEY
from tests.finished_run import OWNER
from tests.pages.app import html, open_page, texts
from tests.pages.runs.kept_runs import button

pytestmark = pytest.mark.usefixtures("fresh_server")


def downloads(page) -> dict[str, str]:
    """The files that are offered: label by key."""
    found = [each.proto for each in page.get("download_button")]
    return {each.id.rpartition("home-")[2]: each.label for each in found}


def test_every_form_is_offered_and_none_is_made_before_it_is_asked_for(finished, monkeypatch):
    RunStore().save(finished)
    made_at_once = []
    monkeypatch.setattr(take_home, "made", lambda *what: made_at_once.append(what))
    page = open_page("runs")
    page.session_state[KEY].owners = [OWNER]
    page.run()
    page.session_state["runs-more-section"] = "home"
    page.run()
    assert not page.exception
    endings = {"zip", "onnx", "safetensors", "pt", "py", "ipynb", "npz", "csv", "html", "json"}
    pictures = {f"{name}.{kind}" for name in ("loss", "confusion") for kind in ("png", "svg")}
    cards_and_page = {"image", "print", "draw"}
    assert set(downloads(page)) == endings | pictures | cards_and_page
    assert all(each.proto.deferred_file_id for each in page.get("download_button"))
    assert "run.json, history.csv, weights.safetensors" in texts(page)
    assert "put it beside it" in texts(page)
    assert made_at_once == []


def test_each_file_is_what_its_ending_says(finished, at_hand):
    RunStore().save(finished)
    files = {
        file.ending: made("finished-1", True, file.make)
        for group in groups(finished)
        for file in group.files
    }
    with zipfile.ZipFile(io.BytesIO(files["zip"])) as archive:
        assert archive.testzip() is None and "run.json" in archive.namelist()
    assert ast.parse(files["py"]) and json.loads(files["ipynb"])["nbformat"] == 4
    assert len(np.load(io.BytesIO(files["npz"]))["images"]) == len(at_hand.train)
    assert files["csv"].splitlines()[0].startswith("iteration,loss")
    assert len(files["csv"].splitlines()) == 7
    for ending in ("loss.png", "confusion.png"):
        assert files[ending].startswith(b"\x89PNG")
    assert b"<svg" in files["loss.svg"] and b"<svg" in files["confusion.svg"]
    assert "→" in files["html"] and "&lt;b&gt;Wild" in files["html"]
    assert all(len(files[ending]) > 1_000 for ending in ("onnx", "safetensors", "pt"))


def test_who_only_has_a_link_takes_no_note_home(finished):
    RunStore().save(finished)
    notes = [
        made("finished-1", is_theirs, lambda run: run.label.note) for is_theirs in (True, False)
    ]
    assert notes == ["note <script>", ""]


def test_the_mistakes_are_those_of_the_exam(finished, at_hand):
    mistakes = mistakes_of(finished)
    answers = build_model(finished.config).eval()(at_hand.test.images.float() / 255).argmax(1)
    assert mistakes.total == int((answers != at_hand.test.labels).sum())
    assert len(mistakes.images) == 24
    assert (mistakes.labels != mistakes.answers).all()


def test_without_the_test_images_there_are_no_mistakes(finished, monkeypatch):
    monkeypatch.setattr(source, "is_here", lambda root: False)
    assert mistakes_of(finished) is None


@pytest.mark.parametrize(
    ("name", "file"),
    [("Quiet Otter", "quiet-otter"), ("../a\\b?.zip", "a-b-zip"), ("Ωμέγα 7", "7"), ("…", "run")],
)
def test_a_file_has_a_name_that_every_system_takes(name, file):
    assert file_name(name) == file


def test_the_link_opens_train_with_these_settings():
    config = TrainingConfig(hidden_sizes=(30,), learning_rate=0.01)
    link = link_to_settings("https://lab.example/app/runs?run=secret", config)
    assert link == "https://lab.example/app/train?hidden_sizes=30&learning_rate=0.01"
    assert link_to_settings(None, config) == ""
    query = dict(pair.split("=") for pair in link.partition("?")[2].split("&"))
    assert TrainingConfig.from_query(query) == (config, [])


def brought(name: str, content: bytes):
    """The page after a visitor has handed in this file."""
    page = open_page("runs")
    page.session_state[KEY].owners = [OWNER]
    page.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
    assert not page.exception
    return page


def test_an_upload_becomes_a_run_of_this_visitor(finished):
    here = brought("owl.zip", packed(finished)).session_state[KEY].looked_at
    (kept,) = server.board().store.runs()
    assert (kept.name, kept.origin.owner) == (finished.label.name, OWNER)
    assert here.chosen == [kept.id] and kept.id != finished.id
    assert (here.uploads, here.upload_problem) == (1, "")


def test_what_is_no_run_is_told_beside_the_box_and_nothing_is_kept():
    page = brought("owl.zip", b"<b>")
    assert page.error[0].value.startswith("This file cannot be brought back: it is of another kind")
    assert server.board().store.runs() == []


def test_a_network_alone_is_looked_at_measured_compared_and_taken_home_again(finished, at_hand):
    page = brought("owl.safetensors", weights(finished))
    (kept,) = server.board().store.runs()
    alone = server.board().store.load(kept.id)
    server.board().store.save(finished)
    assert "measured here" in html(page)
    assert button(page, "show-on-train").disabled
    assert "how it learned is not known" in report_html(alone, None)
    page.session_state[KEY].looked_at.chosen = [alone.id, finished.id]
    page.run()
    assert not page.exception
    assert "Too close to call" in html(page)
    assert not open_page("train", run=alone.id).exception


def test_settings_open_train_ready_to_start(finished):
    page = brought("owl.json", settings_file(finished.config).encode())
    assert page.session_state[KEY].train.settings == finished.config
    assert not button(page, "start").disabled
    assert server.board().store.runs() == []
