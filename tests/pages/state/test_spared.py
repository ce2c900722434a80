"""What is told to browsers of the theme is what Streamlit itself would say; answers come first."""

from contextlib import nullcontext

import pytest
from streamlit.config import CustomThemeCategories
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.scriptrunner.script_runner import RerunData, ScriptRunner

from pages.ui.state import spared


@pytest.fixture
def tell_anew(monkeypatch):
    """Streamlit's own way, and ours in its place for the time of the test."""
    original = app_session._populate_theme_msg
    monkeypatch.setattr(app_session, "_populate_theme_msg", original)
    spared.spare_themes.__wrapped__()
    return original


@pytest.mark.parametrize("section", ["theme", *(f"theme.{each}" for each in CustomThemeCategories)])
def test_a_section_is_told_as_by_streamlit_each_time(tell_anew, section):
    expected = CustomThemeConfig()
    tell_anew(expected, section)
    for _ in range(2):
        told = CustomThemeConfig()
        app_session._populate_theme_msg(told, section)
        assert told.SerializeToString() == expected.SerializeToString()


def test_what_is_set_for_one_theme_is_not_set_for_all(tell_anew):
    message = CustomThemeConfig()
    app_session._populate_theme_msg(message.light, "theme.light")
    app_session._populate_theme_msg(message.light.sidebar, "theme.light.sidebar")
    assert message.light.primary_color == "#0072B2"
    assert not message.primary_color and not message.HasField("dark")
    assert not message.light.HasField("sidebar")


def test_a_stroke_is_answered_before_a_page_and_a_page_before_a_look(monkeypatch):
    ran, patience = [], []
    monkeypatch.setattr(ScriptRunner, "_run_script", lambda self, asked: ran.append(asked))
    monkeypatch.setattr(spared, "InTurn", lambda: Noted(patience))
    spared.run_scripts_in_turn.__wrapped__()
    stroke = RerunData(fragment_id_queue=["stage"])
    page = RerunData()
    look = RerunData(fragment_id_queue=["run"], is_auto_rerun=True)
    for asked in (stroke, page, look):
        ScriptRunner._run_script(None, asked)
    assert ran == [stroke, page, look]
    assert patience[0] < patience[1] < patience[2]


class Noted:
    """Takes down who is how patient."""

    def __init__(self, patience: list[float]) -> None:
        self.patience = patience

    def turn(self, patience: float):
        self.patience.append(patience)
        return nullcontext()
