"""Every page in Streamlit's own test harness: it opens, says what it is for, bears bad input."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from core.datasets import generated as handwriting
from core.datasets.mnist import SIZES
from pages.ui import shell
from pages.ui.state import server
from tests.conftest import ROOT
from tests.fresh_process import fresh_python
from tests.pages.app import open_page, texts

pytestmark = pytest.mark.usefixtures("fresh_server")


@pytest.fixture
def made_at_once(monkeypatch, data_root) -> None:
    """The built-in handwriting need not be drawn where it is not found."""
    made = handwriting.read(handwriting.file_under(data_root))
    monkeypatch.setattr(handwriting, "make", lambda on_progress: made)


@pytest.mark.parametrize("name", shell.PAGES)
def test_every_page_opens_cold_and_says_what_it_is_for(name, home):
    if name == "learn":  # here the handwriting has to be made first, as on Inside
        shutil.rmtree(home / "data")
    page = open_page(name)
    assert not page.exception
    assert page.title[0].value == (shell.APP_NAME if name == "home" else shell.PAGES[name].label)
    assert shell.PAGES[name].purpose in texts(page)


@pytest.mark.parametrize("name", shell.PAGES)
def test_every_page_opens_where_the_folder_of_the_app_cannot_be_read(
    monkeypatch, made_at_once, name, home
):
    def refuse(path, *args, **kwargs):
        raise PermissionError(13, "Permission denied", str(path))

    for look, real in {"is_file": Path.is_file, "is_dir": Path.is_dir}.items():
        monkeypatch.setattr(
            Path,
            look,
            lambda path, real=real: refuse(path) if home in path.parents else real(path),
        )
    assert not open_page(name, run="abcdef-12").exception


def test_a_folder_of_an_unknown_user_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))  # used where the variable cannot be
    monkeypatch.setenv("DIGITLAB_HOME", "~nosuchuser/x")
    page = open_page("runs")
    assert not page.exception
    assert r"'\~nosuchuser/x'" in page.error[0].value


@pytest.mark.parametrize("name", shell.PAGES)
def test_settings_of_the_server_that_cannot_be_and_an_unknown_run_are_no_catastrophe(
    monkeypatch, tmp_path, made_at_once, name
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))  # used where the variable cannot be
    monkeypatch.setenv("DIGITLAB_HOME", "x" * 5_000)
    monkeypatch.setenv("DIGITLAB_MAX_JOBS", "abc")
    page = open_page(name, run="nothing-here")
    assert not page.exception
    assert "DIGITLAB_MAX_JOBS is 'abc'" in page.error[0].value
    if name == "train":
        assert page.button(key="start")
    assert server.queue().places == 1


def test_a_run_that_nobody_knows_is_told():
    assert "no saved run" in texts(open_page("train", run="nothing-here"))


STANDS = """
import sys
import streamlit as st
from streamlit.testing.v1 import AppTest
from pages.ui import shell

def stop_here(*link, **look):  # the page stands: what comes after may take its time
    st.session_state["stands"] = "torch" not in sys.modules
    st.stop()

shell.next_page = stop_here
for page in sys.argv[1:]:
    at = AppTest.from_file(page, default_timeout=60).run()
    assert not at.exception, page
    assert at.session_state["stands"], page
"""


def test_every_page_stands_before_torch_is_imported(home):
    """All that a visitor sees at first, down to the link to the next page."""
    raw = home / "data" / "MNIST" / "raw"  # as if MNIST were at hand
    raw.mkdir(parents=True)
    for name in SIZES:
        (raw / name).touch()
    pages = [str(ROOT / page.path) for page in shell.PAGES.values()]
    fresh_python("-c", STANDS, *pages)


def test_the_first_start_on_a_machine_with_a_screen_asks_for_no_email():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["showEmailPrompt"] is False
