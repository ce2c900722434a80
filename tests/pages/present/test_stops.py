"""The demo's text file: the one that ships can be given as it is, and a broken one says why."""

from __future__ import annotations

import pytest

from pages.ui import shell
from pages.ui.data.sections import SECTIONS as DATA
from pages.ui.exam.sections import SECTIONS as EXAM
from pages.ui.inside.sections import SECTIONS as INSIDE
from pages.ui.present.stops import SECTIONS, demo
from pages.ui.words import text_files
from pages.ui.words.text_files import TextError

MOST_WORDS = 10  # that the audience reads at once
WORDS = 'title = "T"\nsay = "S"\nnotes = "N"\n'
GOOD = f'[[stop]]\n{WORDS}page = "home"\n'


def test_the_demo_that_ships_is_about_ten_minutes_of_what_there_is():
    stops = demo(shell.PAGES)
    assert 11 <= len(stops) <= 14
    assert stops[0].page == "home"
    for stop in stops:
        assert len(stop.say.split()) <= MOST_WORDS, stop.say
    assert any(dict(stop.address).get("seed") for stop in stops)  # so that it repeats


def test_the_sections_that_a_stop_may_open_are_those_of_the_pages():
    pages = {"data": DATA, "exam": EXAM, "inside": INSIDE}
    assert {name: tuple(sections) for name, sections in pages.items()} == SECTIONS


def write(monkeypatch, folder, text: str) -> None:
    (folder / "demo.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(text_files, "TEXT", folder)


def test_what_is_left_out_stays_as_it_is(monkeypatch, tmp_path):
    write(monkeypatch, tmp_path, GOOD + "address = { seed = 7 }\n")
    (stop,) = demo(["home"])
    assert (stop.title, stop.say, stop.notes, stop.page) == ("T", "S", "N", "home")
    assert (stop.network, stop.pad, stop.fresh, stop.press) == ("", None, False, ())
    assert stop.address == (("seed", "7"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no [[stop]]"),
        ("stop = 3", "has no [[stop]]"),
        ("stop = [3]", "a stop that is no table (number 1)"),
        ('[[stop]]\ntitle = "T"\n', 'no text for "say"'),
        (
            f'[[stop]]\n{WORDS}page = "kitchen"\n',
            'page = "kitchen" (stop 1); accepted: home, inside',
        ),
        (GOOD + GOOD + "pages = 3\n", "knows no “pages” (stop 2)"),
        (GOOD + "press = 3\n", "press = 3, which is not of its kind"),
        (GOOD + GOOD.replace("stop", "stops"), "knows no “stops” (outside the stops)"),
        (GOOD + "pad = true\n", "pad = True, which is not of its kind"),
        (GOOD + "pad = 8127\n", "pad = 8127 (stop 1); accepted: 0 to 8,126"),
        (GOOD + 'section = "map"\n', 'section = "map" (stop 1); accepted: none'),
        (f'[[stop]]\n{WORDS}page = "inside"\nsection = "mpa"\n', "weights, why, flip, map, ideal"),
        (GOOD + 'press = ["strat"]\n', "accepted: start, pause"),
        (GOOD + 'address = { seeed = "7" }\n', "knows no “seeed” (the address of stop 1)"),
        (GOOD + 'address = { seed = "x" }\n', "has a setting that cannot be (stop 1). seed"),
        (GOOD + 'address = { lesson = "11" }\n', 'lesson = "11" (stop 1); accepted'),
        (GOOD + 'network = "best"\n', "accepted: default, tutorial, own"),
        (GOOD + 'pad = "full"\n', "accepted: empty"),
        (GOOD + 'speed = "slow"\n', "accepted: slow, 12 s or more, 1 batch a second"),
    ],
)
def test_a_broken_file_says_what_is_wrong_and_what_would_work(monkeypatch, tmp_path, text, said):
    write(monkeypatch, tmp_path, text)
    with pytest.raises(TextError) as problem:
        demo(["home", "inside"])
    assert said in str(problem.value)
    assert "demo.toml" in str(problem.value)
