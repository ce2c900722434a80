"""Makes components of the files in this room. What they are given and say is not known here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

FRONTEND = Path(__file__).parent


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
