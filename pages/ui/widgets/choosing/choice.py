"""A row of buttons of which one is always chosen, and stays chosen for the visit."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.ui.state.visit import widget_exists


def choose_one(
    label: str,
    names: Mapping[str, str],
    key: str,
    *,
    default: str | None = None,
    show_label: bool = True,
) -> str:
    """The chosen key of `names`, whose values stand on the buttons; at first `default`, or the
    first. The label is for screen readers alone where it is not shown.
    """
    first = None if widget_exists(key) else default or next(iter(names))
    return st.segmented_control(
        label,
        list(names),
        format_func=names.get,
        default=first,
        required=True,
        key=key,
        persist_state="session",
        label_visibility="visible" if show_label else "collapsed",
    )
