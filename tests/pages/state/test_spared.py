"""What is told to browsers of the theme is what Streamlit itself would say."""

import pytest
from streamlit.config import CustomThemeCategories
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
