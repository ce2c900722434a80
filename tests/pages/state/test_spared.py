"""What browsers are told of the theme and sent of Streamlit's files is what it would send."""

import asyncio
import gzip
import socket
from asyncio import base_events
from pathlib import Path

import pytest
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from streamlit.config import CustomThemeCategories
from streamlit.file_util import get_static_dir
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

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


@pytest.fixture
def files(monkeypatch):
    """What answers when a browser asks Streamlit for one of its files."""
    monkeypatch.setattr(StaticFiles, "get_response", StaticFiles.get_response)
    spared.spare_files.__wrapped__()
    handler = create_streamlit_static_handler(get_static_dir(), None)

    def ask(path: str, accepted: bytes = b"gzip, br") -> Response:
        scope = {"type": "http", "method": "GET", "path": f"/{path}".rstrip(".")}
        scope["headers"] = [(b"accept-encoding", accepted)]
        return asyncio.run(handler.get_response(path, scope))

    return ask


@pytest.mark.parametrize("kind", ["js", "css", "woff2"])
def test_a_file_is_sent_whole_each_time_and_may_be_kept_by_the_browser(files, kind):
    file = next(Path(get_static_dir()).rglob(f"*.{kind}"))
    path = file.relative_to(get_static_dir()).as_posix()
    plain = files(path, b"identity")
    for sent in [files(path) for _ in range(3)][1:]:
        packed = sent.headers.get("content-encoding") == "gzip"
        assert packed == (kind != "woff2")
        assert (gzip.decompress(sent.body) if packed else sent.body) == file.read_bytes()
        for each in ("content-type", "cache-control"):
            assert sent.headers[each] == plain.headers[each]


def test_a_browser_that_cannot_unpack_is_sent_what_lies_on_disk(files):
    path = next(Path(get_static_dir()).rglob("*.js")).relative_to(get_static_dir()).as_posix()
    files(path)  # packed from now on, for others
    assert isinstance(files(path, b"identity"), FileResponse)


def test_a_page_and_a_file_that_is_not_there_are_as_streamlit_has_them(files):
    for path in (".", "train", "static/js/nothing.js"):
        for _ in range(2):
            page = files(path)
            assert Path(page.path).name == "index.html"
            assert page.headers["cache-control"] == "no-cache"


async def holds_back() -> bool:
    """Whether short messages wait, on a connection of a server made as Streamlit makes its own."""
    place = socket.socket(socket.AF_INET)
    place.bind(("127.0.0.1", 0))
    asked = asyncio.get_running_loop().create_future()

    def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        asked.set_result(not connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(answer, sock=place):
        _, writer = await asyncio.open_connection(*place.getsockname())
        writer.close()
        return await asked


def test_nothing_is_held_back_on_the_way_to_a_browser(monkeypatch):
    monkeypatch.setattr(base_events, "_set_nodelay", lambda connection: None)  # as asyncio does
    assert asyncio.run(holds_back())
    spared.spare_waits.__wrapped__()
    assert not asyncio.run(holds_back())
