"""The stops of the presenter's demo, as a teacher writes them in pages/ui/words/demo.toml.

It reads and checks them. What happens at a stop is in arrival.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any

from core.config import TrainingConfig
from core.datasets.pens.collection import load
from pages.ui.state.address import LESSON, SETTING_NAMES
from pages.ui.state.speed import SPEEDS
from pages.ui.words.text_files import count_texts, read_text_file, unusable, words_of

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
    "network": (str,),
    "pad": (str, int),
    "section": (str,),
    "address": (dict,),
    "speed": (str,),
    "fresh": (bool,),
    "press": (list,),
}
SECTIONS = {  # by page; a test compares them with those of the pages, which are not imported here
    "data": ("wall", "parts", "averages", "unusual", "batch", "writers", "styles"),
    "exam": ("good", "wrong", "beat"),
    "inside": ("follow", "weights", "why", "flip", "map", "ideal"),
}
PRESSED = ("start", "pause", "full-speed", "room-open")  # keys of buttons


def demo(pages: Collection[str]) -> list[Stop]:
    """All stops in their order. pages: the names that a page may have. Raises TextError."""
    content = read_text_file(FILE)
    _check_known(content, ["stop"], "outside the stops")
    entries = content.get("stop")
    if not isinstance(entries, list) or not entries:
        raise unusable(FILE, "has no [[stop]]")
    return [_stop(entry, number, pages) for number, entry in enumerate(entries, 1)]


def _stop(entry: Any, number: int, pages: Collection[str]) -> Stop:
    if not isinstance(entry, dict):
        raise unusable(FILE, f"has a stop that is no table (number {number})")
    _check_known(entry, [each.name for each in fields(Stop)], f"stop {number}")
    words = words_of(FILE, entry, WORDS)
    others = {name: entry[name] for name in KINDS if name in entry}
    for name, value in others.items():
        if type(value) not in KINDS[name]:
            raise unusable(FILE, f"says {name} = {value!r}, which is not of its kind")
    others["address"] = tuple((name, str(it)) for name, it in others.get("address", {}).items())
    others["press"] = tuple(map(str, others.get("press", ())))
    stop = Stop(**words, **others)
    _check_values(stop, number, pages)
    return stop


def _check_values(stop: Stop, number: int, pages: Collection[str]) -> None:
    """Whether there is all that a stop names."""
    accepted = {
        "page": pages,
        "network": NETWORKS,
        "pad": (EMPTY,),
        "section": SECTIONS.get(stop.page, ()),
        "speed": SPEEDS,
    }
    for name, known in accepted.items():
        value = getattr(stop, name)
        if isinstance(value, str) and (value or name == "page"):
            _check_one_of(name, value, known, number)
    if isinstance(stop.pad, int) and not 0 <= stop.pad < (pens := len(load())):
        raise unusable(FILE, f"says pad = {stop.pad} (stop {number}); accepted: 0 to {pens - 1:,}")
    for key in stop.press:
        _check_one_of("press", key, PRESSED, number)
    address = dict(stop.address)
    if LESSON in address:
        lessons = [str(each) for each in range(1, count_texts("lessons") + 1)]
        _check_one_of(LESSON, address[LESSON], lessons, number)
    _check_known(address, [LESSON, *SETTING_NAMES], f"the address of stop {number}")
    _, problems = TrainingConfig.from_query(address)
    if problems:
        raise unusable(FILE, f"has a setting that cannot be (stop {number}). {problems[0]}")


def _check_known(table: Mapping[str, Any], known: Collection[str], where: str) -> None:
    if unknown := sorted(set(table) - set(known)):
        words = f"knows no “{unknown[0]}” ({where}); accepted: {', '.join(known)}"
        raise unusable(FILE, words)


def _check_one_of(name: str, value: str, known: Collection[str], number: int) -> None:
    if value not in known:
        accepted = ", ".join(known) or "none, for this page has no such thing"
        raise unusable(FILE, f'says {name} = "{value}" (stop {number}); accepted: {accepted}')
