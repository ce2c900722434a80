"""The stops of the presenter's demo, as a teacher writes them in pages/ui/words/demo.toml.

It reads and checks them. What happens at a stop is in arrival.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from pages.ui.state.speed import SPEEDS
from pages.ui.words.text_files import read_text_file, unusable, words_of

FILE = "demo.toml"
NETWORKS = ("default", "tutorial", "own")
EMPTY = "empty"  # a pad with nothing on it


@dataclass(frozen=True)
class Stop:
    """A page as it is shown at this stop, what the audience reads, what the speaker reads.

    address: what the page's address carries beside the rest. pad: EMPTY, the number of a pen digit
    that ships, or None: as it is. press: keys of the buttons that are pressed on arrival.
    """

    title: str
    say: str
    notes: str
    page: str
    network: str = ""
    pad: str | int | None = None
    section: str = ""
    address: tuple[tuple[str, str], ...] = ()
    speed: str = ""
    fresh: bool = False
    press: tuple[str, ...] = ()


WORDS = ("title", "say", "notes", "page")
KINDS = {  # of what may be left out
    "network": str,
    "pad": (str, int),
    "section": str,
    "address": dict,
    "speed": str,
    "fresh": bool,
    "press": list,
}


def demo(pages: Collection[str]) -> list[Stop]:
    """All stops in their order. pages: the names that a page may have. Raises TextError."""
    entries = read_text_file(FILE).get("stop")
    if not isinstance(entries, list) or not entries:
        raise unusable(FILE, "has no [[stop]]")
    return [_stop(entry, number, pages) for number, entry in enumerate(entries, 1)]


def _stop(entry: Any, number: int, pages: Collection[str]) -> Stop:
    if not isinstance(entry, dict):
        raise unusable(FILE, f"has a stop that is no table (number {number})")
    unknown = sorted(set(entry) - {each.name for each in fields(Stop)})
    if unknown:
        raise unusable(FILE, f"knows no “{unknown[0]}” (stop {number})")
    words = words_of(FILE, entry, WORDS)
    others = {name: entry[name] for name in KINDS if name in entry}
    for name, value in others.items():
        if not isinstance(value, KINDS[name]):
            raise unusable(FILE, f"says {name} = {value!r}, which is not of its kind")
    _check_one_of("page", words["page"], pages)
    if "network" in others:
        _check_one_of("network", others["network"], NETWORKS)
    if isinstance(others.get("pad"), str):
        _check_one_of("pad", others["pad"], (EMPTY,))
    if "speed" in others:
        _check_one_of("speed", others["speed"], SPEEDS)
    others["address"] = tuple((name, str(it)) for name, it in others.get("address", {}).items())
    others["press"] = tuple(map(str, others.get("press", ())))
    return Stop(**words, **others)


def _check_one_of(name: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise unusable(FILE, f'says {name} = "{value}"; accepted: {", ".join(known)}')
