"""Keeps pandas and pyarrow out of the server's memory: nothing here shows a table of theirs.

Streamlit looks at all that a component is given whether it is such a table, and imports both
libraries in order to ask: 65 MB, and half a second of the first page. What this app gives its
components is plain JSON. It changes nothing that anybody sees; `tests.benchmarks.memory` measures
what it is good for.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache

PLAIN = (dict, list)  # Streamlit itself knows of the other kinds that they are no tables


@cache
def spare_tables() -> None:
    """From now on, what is plain JSON is known to be no table. Does nothing to a Streamlit in which
    the question is asked elsewhere."""
    with suppress(ImportError, AttributeError):
        from streamlit.components.v2.bidi_component import serialization

        ask = serialization.is_dataframe_like
        serialization.is_dataframe_like = lambda value: type(value) not in PLAIN and ask(value)
