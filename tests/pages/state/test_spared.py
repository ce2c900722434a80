"""The theme is told as Streamlit itself would tell it, and a click is heard once."""

import pytest
from streamlit.config import CustomThemeCategories
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

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


@pytest.mark.parametrize("tick", [True, False])
def test_what_is_run_by_the_clock_brings_no_click_along(monkeypatch, tick):
    heard = []
    monkeypatch.setattr(
        app_session.AppSession, "request_rerun", lambda session, state: heard.append(state)
    )
    spared.spare_second_clicks.__wrapped__()
    state = ClientState(is_auto_rerun=tick)
    widgets = state.widget_states.widgets
    widgets.add(id="button", trigger_value=True)
    widgets.add(id="slider", int_value=3)
    widgets.add(id="wall", json_trigger_value='[{"clicked": 4}]')
    app_session.AppSession.request_rerun(None, state)
    (told,) = heard
    expected = ["slider"] if tick else ["button", "slider", "wall"]
    assert [each.id for each in told.widget_states.widgets] == expected
