"""The one glossary: what each term means, for tooltips and to look up."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from pages.ui.words.numbers import unmarked
from pages.ui.words.text_files import TextError, read_text_file, stamp_of, unusable

FILE = "glossary.toml"
HERE = "Used here"  # stands before the letters


@dataclass(frozen=True)
class Term:
    """A term, its meaning in a sentence, and other ways to say it."""

    name: str
    meaning: str
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All ways to say it."""
        return (self.name, *self.also)


def terms() -> list[Term]:
    """All terms by alphabet. Raises TextError."""
    return list(_terms(stamp_of(FILE)))


@lru_cache(maxsize=1)  # a page asks for dozens of tooltips
def _terms(stamp: Hashable) -> tuple[Term, ...]:
    """stamp: of the file that is read."""
    found = []
    for name, entry in read_text_file(FILE).items():
        entry = {"meaning": entry} if isinstance(entry, str) else entry
        meaning = entry.get("meaning") if isinstance(entry, dict) else None
        also = entry.get("also", []) if isinstance(entry, dict) else []
        if not isinstance(meaning, str) or not isinstance(also, list):
            raise unusable(FILE, f'says nothing usable about "{name}"')
        found.append(Term(name, meaning, tuple(str(each) for each in also)))
    return tuple(sorted(found, key=lambda term: term.name.lower()))


def tip(name: str) -> str | None:
    """The text of a tooltip, for `help=`; None, so no tooltip, where the glossary has no answer."""
    try:
        return next((each.meaning for each in terms() if name in each.names), None)
    except TextError:
        return None


def matching(found: list[Term], wanted: str) -> list[Term]:
    """The terms in whose names or meaning the words wanted occur; names first."""
    wanted = wanted.strip().lower()
    by_name = [each for each in found if any(wanted in name.lower() for name in each.names)]
    by_meaning = [each for each in found if each not in by_name and wanted in each.meaning.lower()]
    return by_name + by_meaning


def marked(text: str) -> list[str]:
    """The terms that a text marks by a single star before and behind."""
    return re.findall(r"(?<![\x2a\w])\x2a([^\x2a\s][^\x2a\n]*)\x2a(?![\x2a\w])", text)


def offer_glossary(here: Iterable[str]) -> None:
    """The box with all words; `here`: those of this page or lesson, which are shown first."""
    box = st.expander("All words explained", key="all-words", on_change="rerun")
    if box.open:  # a box to search in makes a page slow to appear
        with box:
            _show_glossary(set(here))


@st.fragment
def _show_glossary(here: set[str]) -> None:
    """The words used here, or those that begin with a letter, or those that are searched for."""
    try:
        found = terms()
    except TextError as problem:
        st.warning(unmarked(str(problem)), icon=":material/menu_book:")
        return
    wanted = st.text_input("Search the words", placeholder="for example: loss", key="glossary")
    if wanted:
        shown = matching(found, wanted)
        if not shown:
            st.info(f"No word here has “{unmarked(wanted)}” in it. There are {len(found)} words.")
    else:
        letters = sorted({term.name[0].upper() for term in found})
        letter = st.pills(
            "Words",
            [HERE, *letters],
            default=HERE,
            required=True,
            key="letter",
            label_visibility="collapsed",
            wrap=True,
        )
        shown = [
            term
            for term in found
            if (here.intersection(term.names) if letter == HERE else term.name[0].upper() == letter)
        ]
    st.markdown("\n".join(f"- {entry(each)}" for each in shown))


def entry(term: Term) -> str:
    """A term as it stands in the list."""
    also = f" (also: {', '.join(term.also)})" if term.also else ""
    return f"**{term.name}**{also}: {term.meaning}"
