"""What Streamlit does that nothing here needs, and what it does anew with every script: spared.

It changes nothing that anybody sees. A Streamlit in which this is done elsewhere stays as it is.
`tests.benchmarks.pages`, `memory` and `visitors` measure what it is good for.
"""

from __future__ import annotations

import gzip
from contextlib import suppress
from functools import cache
from pathlib import Path
from socket import AF_INET, AF_INET6, IPPROTO_TCP, SOCK_STREAM, TCP_NODELAY, socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Scope
    from streamlit.proto.NewSession_pb2 import CustomThemeConfig

PLAIN = (dict, list)  # Streamlit itself knows of the other kinds that they are no tables


@cache
def spare_tables() -> None:
    """From now on, what is plain JSON is known to be no table of pandas or pyarrow.

    Streamlit looks at all that a component is given whether it is one, and imports both libraries
    in order to ask: 65 MB, and half a second of the first page.
    """
    with suppress(ImportError, AttributeError):
        from streamlit.components.v2.bidi_component import serialization

        ask = serialization.is_dataframe_like
        serialization.is_dataframe_like = lambda value: type(value) not in PLAIN and ask(value)


@cache
def spare_themes() -> None:
    """From now on, each section of the theme is put into words for browsers once.

    Streamlit goes through all its settings for it six times a script, so with every stroke and
    every look at a run, on the one thread that hears and answers everybody: a quarter of what that
    thread does. The theme is the same until the server ends.
    """
    with suppress(ImportError, AttributeError):
        from streamlit.runtime import app_session

        tell, told = app_session._populate_theme_msg, {}

        def tell_once(message: CustomThemeConfig, section: str = "theme") -> None:
            if section not in told:
                told[section] = type(message)()
                tell(told[section], section)
            if told[section].ByteSize():  # else the section would count as said
                message.MergeFrom(told[section])

        app_session._populate_theme_msg = tell_once


@cache
def spare_files() -> None:
    """From now on the files that Streamlit's page is made of are packed once, and kept: 1.4 MB.

    Streamlit reads eighty of them from disk for each new visitor, piece by piece and by way of
    other threads, and sends them unpacked: 3 MB through the Wi-Fi of a whole class.
    """
    with suppress(ImportError, AttributeError):
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import FileResponse, Response
        from starlette.staticfiles import StaticFiles

        read, kept = StaticFiles.get_response, {}

        async def get_response(self: StaticFiles, path: str, scope: Scope) -> Response:
            unpacks = any(
                name == b"accept-encoding" and b"gzip" in how for name, how in scope["headers"]
            )
            if path in kept and unpacks and scope["method"] == "GET":
                return kept[path]
            response = await read(self, path, scope)
            if unpacks and isinstance(response, FileResponse) and path.startswith("static"):
                kept[path] = await run_in_threadpool(packed, response.path, response.media_type)
            return response

        def packed(file: str, kind: str) -> Response:
            content = Path(file).read_bytes()
            if kind.startswith("font"):  # is packed already
                return Response(content, media_type=kind)
            said = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            return Response(gzip.compress(content), headers=said, media_type=kind)

        StaticFiles.get_response = get_response


@cache
def spare_waits() -> None:
    """From now on, a browser that connects is sent everything at once.

    TCP holds back what is short until the receiver has confirmed what came before (Nagle's
    algorithm, RFC 896), and a receiver takes its time: 40 ms for each of eighty files, and for each
    message behind another. asyncio switches that off for sockets that say that they are TCP, which
    Streamlit's do not.
    """
    with suppress(ImportError, AttributeError):
        from asyncio import base_events

        switch_off = base_events._set_nodelay

        def switch_off_for_all(connection: socket) -> None:
            switch_off(connection)
            if connection.family in (AF_INET, AF_INET6) and connection.type == SOCK_STREAM:
                connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)

        base_events._set_nodelay = switch_off_for_all


def spare() -> None:
    """All of it, once for the server."""
    for each in (spare_files, spare_tables, spare_themes, spare_waits):
        each()
