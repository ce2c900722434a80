"""“Why 3?” on any page: two painted digits under a button, for one image at a time."""

from __future__ import annotations

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.demonstration import recording
from core.explain.attribution import Attribution, Spot
from core.pretrained import load
from pages.ui.state.networks import Network
from pages.ui.widgets.digits.why import measured, what_covering_did
from tests.pages.app import TIMEOUT, html, press, texts

pytestmark = pytest.mark.usefixtures("fresh_server")


def two_places() -> None:
    import numpy as np

    from core.demonstration.recording import load
    from pages.ui.state.networks import first_to_ask
    from pages.ui.widgets.digits.why import show_why

    for place, recorded in enumerate(load().digits[:2]):  # a 7 and a 3
        image = (recorded.reading.levels[0][0] / 255).astype(np.float32)
        show_why(first_to_ask(), image, np.array(recorded.reading.shares), f"place-{place}")


def test_one_digit_at_a_time_is_painted_for_its_answer_and_the_runner_up():
    page = AppTest.from_function(two_places, default_timeout=TIMEOUT).run()
    assert [each.label for each in page.button] == ["Why 7?", "Why 3?"]
    assert not html(page)
    press(page, "Why 7?")
    assert not page.exception
    assert html(page).count("<img") == 2
    assert ">Why 7?</b>" in html(page)
    assert ">orange: for 7<" in html(page)
    assert ">blue: against 7<" in html(page)
    assert re.search(
        r">Why not (\d)\?<.*>orange: for 7, not \1<.*>blue: for \1, not 7<",
        html(page),
        re.S,
    )
    assert "each spot does, covered alone" in texts(page)
    assert "does not prove" in texts(page)
    press(page, "Why 3?")
    assert ">Why 3?<" in html(page)
    assert ">Why 7?<" not in html(page)
    press(page, "Back")
    assert not html(page)


@pytest.mark.parametrize(
    ("reads", "said"),
    [
        ((3,), "Cover this spot: it reads 3"),
        ((7, 7, 3), "Cover these spots: it reads 3"),
        ((7,) * 8, "Cover these spots: still 7"),
        ((), ""),
    ],
)
def test_what_covering_the_strongest_spots_did_is_said(reads, said):
    spots = tuple(Spot(row, 4, 3, read) for row, read in enumerate(reads))
    found = Attribution(np.zeros((28, 28), dtype=np.float32), 7, None, 0.0, 9.0, spots)
    assert what_covering_did(found) == said


def test_of_a_mistake_the_other_is_what_the_digit_is():
    network = Network("n", "n", "", lambda: load("tutorial").model)
    seven = recording.load().digits[0].reading.levels[0][0] / np.float32(255)
    shares = np.eye(10, dtype=np.float32)[4]
    asked = [measured(network, seven, shares, label) for label in (8, 4, None)]
    assert [why.found[1].rival for why in asked] == [8, 0, 0]
    assert ["It is an 8." in why.meaning for why in asked] == [True, False, False]
    assert ["0 came second." in why.meaning for why in asked] == [False, True, True]


def test_a_network_whose_scores_are_no_numbers_gets_a_sentence(monkeypatch):
    from core.background import Refused
    from core.explain import attribution

    def refuse(*_: object) -> None:
        raise Refused("The scores of this network are no numbers.")

    monkeypatch.setattr(attribution, "occlusion", refuse)
    page = press(AppTest.from_function(two_places, default_timeout=TIMEOUT).run(), "Why 7?")
    assert not page.exception
    assert page.warning[0].value == "The scores of this network are no numbers."
