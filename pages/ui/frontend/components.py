"""Makes components of the files in this room. What they are given and say is not known here."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

FRONTEND = Path(__file__).parent

# The address is looked up in the page: the app may be served under a path of its own. Of data that
# have to be unpacked first, the newest count.
LOADER = """
const own = document.querySelector('script[src*="static/js/"]');
const root = own ? own.src.split("static/js/")[0] : document.baseURI;
export default async (given) => {
  let { data, parentElement: place } = given;
  place.newest = given;
  if (!data.script) data = await new Response(
    new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  if (place.newest === given)
    return (await import(new URL(data.script, root))).default({ ...given, data }, root);
};
"""


def component(
    name: str, html: str = "<span></span>", *, css: str | None = None, scripts: Sequence[str] = ()
) -> Callable[..., Any]:
    """The component of <name>.js, in which `html` stands at first; call it as Streamlit says.

    css: its style sheet, for one that has no <name>.css; scripts: the names of its scripts, where
    there are others than <name>.js.
    """
    sheet = FRONTEND / f"{name}.css"
    return st.components.v2.component(
        f"digitlab_{name}",
        html=html,
        css=sheet.read_text(encoding="utf-8") if sheet.exists() else css,
        js="\n".join(map(source, scripts or (f"{name}.js",))),
    )


def source(script: str) -> str:
    """What is in one of the scripts."""
    return (FRONTEND / script).read_text(encoding="utf-8")


def fetched_component(
    name: str, script: str | None = None, *, isolate_styles: bool = True
) -> Callable[..., Any]:
    """A component that is given new data again and again; call it with `key` and `data`, a dict.

    Streamlit sends a component's text again with each. Here that is a line that fetches the real
    script, once: `script`, or else <name>.js, whose function is given the app's root as well.
    Called with `packed`, the data travel compressed: a third of the bytes, for what grows in place.
    """
    loader = st.components.v2.component(
        f"digitlab_{name}", js=LOADER, isolate_styles=isolate_styles
    )

    def show(
        key: str, data: dict[str, Any], packed: bool = False, **listeners: Callable[[], object]
    ) -> Any:
        address = f"{served(FRONTEND, 'frontend')}/{script or f'{name}.js'}?{script_version()}"
        data = data | {"script": address}
        given = zlib.compress(json.dumps(data).encode()) if packed else data
        return loader(key=key, data=given, **listeners)

    return show


def served(folder: Path, name: str) -> str:
    """Have Streamlit serve `folder` and return the address, relative to the app's root.

    Done at every call and not once, since a server that starts anew (as in AppTest) forgets it.
    """
    return f"component/{st.components.v1.declare_component(name, path=folder).name}"


@cache
def script_version() -> int:
    """A number that changes with any of the scripts, lest a browser go on with an older one. They
    fetch one another with the number that they were fetched with."""
    return max(each.stat().st_mtime_ns for each in FRONTEND.glob("*.js"))
