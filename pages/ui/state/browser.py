"""What the visitor's browser keeps, so that a reload does not lose it: lists, each under a name.

The visit goes on as it would without where a browser keeps nothing. What comes back from there may
be anything: who asks for it has to check it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote
from zlib import crc32

import streamlit as st

from pages.ui.frontend.components import component
from pages.ui.state.visit import InBrowser, visit, widget_value

_memory = component("browser_memory")


def keep(
    name: str,
    value: Sequence[Any],
    on_heard: Callable[[Any], None],
    *,
    for_tab: bool = False,
    ask: bool = False,
    joined: bool = False,
    told: Sequence[str] | None = None,
) -> None:
    """Have the browser keep `value`, which JSON can hold, under `name`, from now on.

    Call it once in every run of a page or fragment that changes it. It is sent when it has changed,
    and not again. What the browser kept before this visit goes to `on_heard`, once, before the
    page or fragment runs again: add to it what it should be. for_tab: it outlives a reload, but
    not the tab. A browser that kept nothing says so only where it is asked (`ask`), for it makes
    the page run once more. joined: what another tab adds to the same list stays in it, unless this
    visit empties it; else the tab that writes last is right. told: what `told_at_first` said of it,
    where the browser shall say so from now on; it then answers only where it keeps something else.
    """
    side = _side(name)
    stamp = _stamp(value)
    new = stamp != side.sent
    side.sent = stamp
    key = f"browser-{name}"

    def hear_widget() -> None:
        hear(name, widget_value(key)["kept"], on_heard)

    def send_again() -> None:
        side.sent = None

    _memory(
        key=key,
        data={
            "name": name,
            "place": "sessionStorage" if for_tab else "localStorage",
            "stamp": stamp,
            "value": list(value) if new else None,
            "held": side.held,
            "heard": side.heard,
            "ask": ask,
            "joined": joined,
            "told": None if told is None else list(told),
            "visit": side.visit,
        },
        on_kept_change=hear_widget,
        on_wanted_change=send_again,
    )


def told_at_first(name: str) -> list[str]:
    """What a cookie says that the browser keeps under this name: known before a page is shown.

    Anything may be in it. Servers on other ports of this host have cookies of their own: the name
    says whose it is, as browser_memory.js writes it.
    """
    host = "".join((st.context.url or "").split("/")[2:3])
    said = st.context.cookies.get(f"{name}-{quote(host, safe='')}", "")
    return said.split(".") if said else []


def hear(name: str, kept: Any, on_heard: Callable[[Any], None]) -> None:
    """The browser says what it kept under this name: handed on where it is the first time."""
    side = _side(name)
    if not side.heard:
        side.heard, side.held = True, _stamp(kept)
        on_heard(kept)


def has_answered(name: str) -> bool:
    """Whether the browser has said what it kept under this name."""
    return _side(name).heard


def overrule(name: str) -> None:
    """Whatever the browser still keeps under this name no longer matters."""
    _side(name).heard = True


def _side(name: str) -> InBrowser:
    return visit().in_browser.setdefault(name, InBrowser())


def _stamp(value: Any) -> str:
    """Tells whether two values are the same; empty for an empty one."""
    return f"{crc32(json.dumps(value).encode()):08x}" if value else ""
