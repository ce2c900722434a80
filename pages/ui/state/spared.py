"""What Streamlit does that nothing here needs, and what it does anew with every script: spared.

It changes nothing that anybody sees. A Streamlit in which this is done elsewhere stays as it is.
`tests.benchmarks.memory` and `visitors` measure what it is good for.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
