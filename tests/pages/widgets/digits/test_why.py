"""“Why 3?” on any page: the digit painted and covered, under a button, one image at a time."""

from __future__ import annotations

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.charts.attribution import INK, around
from core.demonstration import recording
from core.evaluation import probabilities
from core.explain.attribution import Spot, covered, occlusion
from core.explain.scores import answer_to, likeliest
from core.pretrained import load
from pages.ui.state.networks import Network
from pages.ui.widgets.digits.why import LIMIT, MEANING, Why, measured, pictures_html
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
    assert re.search(
        r">Why 7, not (\d)\?</b>.*\1 came second.*>orange: for&nbsp;7<.*>blue: for&nbsp;\1<"
        r".*>grey: .*>\d orange spots? covered( at once)?</b>.*it reads <strong>[0-689]</strong>",
        html(page),
        re.S,
    )
    assert MEANING in texts(page)
    assert "one spot covered at a time" in MEANING and "does not prove" in LIMIT
    press(page, "Why 3?")
    assert ">Why 3, not " in html(page)
    assert ">Why 7, not " not in html(page)
    press(page, "Back")
    assert not html(page)


@pytest.mark.parametrize(
    ("reads", "said"),
    [
        ((3,), "1 orange spot covered: it reads 3, 60.0\u202f% sure. "),
        ((7, 7, 3), "3 orange spots covered at once: it reads 3, 60.0\u202f% sure. "),
        ((7,) * 8, "8 orange spots covered at once: it still reads 7, 60.0\u202f% sure. "),
        ((), ""),
    ],
)
def test_what_covering_the_spots_did_is_said(reads, said):
    spots = [Spot(row, 4, 3, read, 0.6) for row, read in enumerate(reads)]
    black = np.zeros((28, 28), dtype=np.uint8)
    why = Why(7, 3, False, black, spots, black)
    assert why.spoken == said + LIMIT
    assert pictures_html(why).count("<img") == (2 if reads else 1)


def test_the_spots_are_black_and_lead_from_the_answer_to_the_other():
    model = load("tutorial").model
    network = Network("n", "n", "", lambda: model)
    seven = recording.load().digits[0].reading.levels[0][0] / np.float32(255)
    shares = probabilities(model, seven[None])[0].numpy()
    why = measured(network, seven, shares)
    assert (why.answer, why.rival) == tuple(likeliest(shares, 2))
    assert answer_to(model, covered(seven, why.spots)) == (why.rival, why.spots[-1].share)
    for spot in why.spots:
        assert not why.covered[around(spot, 0)].any()
    amounts = occlusion(model, seven, why.answer, why.rival).pixels * (seven > INK)
    red, _, blue = np.moveaxis(why.painted.astype(int), -1, 0)
    largest = np.abs(amounts).max()
    assert (red > blue)[amounts > 0.1 * largest].all() and (amounts > 0.1 * largest).any()
    assert (red < blue)[amounts < -0.1 * largest].all() and (amounts < -0.1 * largest).any()
    assert (red == blue)[amounts == 0].all()


def test_of_a_mistake_the_other_is_what_the_digit_is():
    network = Network("n", "n", "", lambda: load("tutorial").model)
    seven = recording.load().digits[0].reading.levels[0][0] / np.float32(255)
    shares = np.eye(10, dtype=np.float32)[4]
    asked = [measured(network, seven, shares, label) for label in (8, 4, None)]
    assert [(why.answer, why.rival) for why in asked] == [(4, 8), (4, 0), (4, 0)]
    assert [why.rank for why in asked] == ["It is an 8.", "0 came second.", "0 came second."]


def test_a_network_whose_scores_are_no_numbers_gets_a_sentence(monkeypatch):
    from core.background import Refused
    from core.explain import attribution

    def refuse(*_: object) -> None:
        raise Refused("The scores of this network are no numbers.")

    monkeypatch.setattr(attribution, "occlusion", refuse)
    page = press(AppTest.from_function(two_places, default_timeout=TIMEOUT).run(), "Why 7?")
    assert not page.exception
    assert page.warning[0].value == "The scores of this network are no numbers."
