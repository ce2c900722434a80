"""The settings on Train: presets as pictures, the panel, layers, what comes with a link."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.config import PRESETS
from pages.ui import shell
from pages.ui.train.settings.presets import CARDS
from tests.conftest import ROOT
from tests.pages.app import (
    choose,
    html,
    number,
    open_page,
    press,
    take,
    texts,
    unfold,
    wait_for_end,
)

pytestmark = pytest.mark.usefixtures("fresh_server")

SEED = "Seed: the same number, the same run"
TYPED = "Units of all hidden layers, such as 100, 50"


def build(page: AppTest) -> AppTest:
    """Open the panel, or close it."""
    return press(page, "Build your own network")


def slider(page: AppTest, label: str):
    return next(each for each in page.select_slider if each.label == label)


def test_three_presets_are_pictures_each_with_its_number_of_weights():
    page = open_page("train")
    assert [each.key for each in page.button if "weights" in each.label] == [
        f"take-{name}" for name in CARDS
    ]
    assert "84,060 weights" in page.button(key="take-tutorial").label
    drawings = html(page).count('<img src="data:image/svg+xml')
    assert drawings == len(CARDS)


def test_a_preset_sets_everything_and_the_dataset_stays():
    page = build(open_page("train", dataset="generated"))
    take(page, "Make it fail", "no_sevens")
    assert PRESETS["no_sevens"].description in texts(page)
    assert "3 rounds (*epochs*) through built-in handwriting." in texts(page)
    assert page.query_params["exclude_digits"] == "7"
    page.button(key="take-linear").click().run()
    assert "A network: 784 pixels, then 10 answers" in html(page)
    assert slider_labels(page) == []
    page.button(key="take-tutorial").click().run()
    assert set(page.query_params) == {"dataset"}
    assert slider_labels(page) == ["Units in hidden 1", "Units in hidden 2"]


def slider_labels(page: AppTest) -> list[str]:
    return [each.label for each in page.select_slider if each.label.startswith("Units")]


def test_the_settings_are_there_only_while_they_are_open_and_closing_loses_nothing():
    page = open_page("train")
    assert not page.number_input
    assert "784 →" not in texts(page)
    unfold(build(page), "More settings")
    slider(page, "Units in hidden 1").set_value(30).run()
    number(page, SEED).set_value(7)
    build(page)  # with the click that takes the number
    assert "784-30-50-10" in texts(page)
    assert page.query_params["seed"] == "7"
    assert not page.number_input
    unfold(build(page), "More settings")
    assert slider(page, "Units in hidden 1").value == 30
    assert number(page, SEED).value == 7


def test_the_panel_is_found_as_it_was_left_on_another_page_but_not_after_a_run(at_hand):
    page = build(open_page("train", dataset="generated", training_images="1000"))
    page.switch_page(str(ROOT / shell.PAGES["data"].path)).run()
    page.switch_page(str(ROOT / shell.PAGES["train"].path)).run()
    assert page.number_input
    page.button(key="start").click().run()
    wait_for_end(page)
    assert "9 people wrote them" in html(page)
    assert not page.number_input
    build(page)
    assert page.number_input


def test_layers_are_added_and_removed_and_the_drawing_follows():
    page = build(open_page("train"))
    slider(page, "Units in hidden 2").set_value(10).run()
    choose(page, "Hidden layers", 3)
    assert "784-100-10-50-10" in texts(page)
    drawn = "784 pixels, then 100 hidden 1, then 10 hidden 2, then 50 hidden 3, then 10 answers"
    assert drawn in html(page)
    choose(page, "Hidden layers", 1)
    assert page.query_params["hidden_sizes"] == "100"
    assert slider_labels(page) == ["Units in hidden 1"]
    choose(page, "Hidden layers", 0)
    assert page.query_params["hidden_sizes"] == "none"


@pytest.mark.parametrize(("typed", "sizes"), [("33, 7,50", "33,7,50"), ("", "none")])
def test_units_that_no_slider_has_are_typed(typed, sizes):
    page = unfold(build(open_page("train")), "More settings")
    page.text_input[0].set_value(typed).run()
    assert not page.error
    assert page.query_params["hidden_sizes"] == sizes
    assert [each.value for each in page.select_slider if each.label.startswith("Units")] == [
        int(size) for size in sizes.split(",") if size != "none"
    ]


def test_settings_that_do_not_fit_get_a_sentence_and_the_last_good_ones_stay():
    page = unfold(build(open_page("train")), "More settings")
    pills = next(each for each in page.get("button_group") if "Leave out" in each.label)
    pills.set_value(list(range(9))).run()
    assert not page.exception
    assert "at least two have to stay" in page.error[0].value
    assert "without" not in texts(page)
    page.text_input[0].set_value("100, <b>many</b>").run()
    assert "1 to 2,048 units" in page.error[0].value
    assert "\\<b\\>" in page.error[0].value
    assert page.text_input[0].value == "100, 50"
    assert set(page.query_params) == set()


@pytest.mark.parametrize(
    "query", [{"epochs": "900"}, {"seed": "x"}, {"hidden_sizes": "0"}, {"dataset": "faces"}]
)
def test_a_link_with_a_wrong_value_is_told_and_falls_back(query):
    page = open_page("train", **query)
    assert not page.exception
    ((name, value),) = query.items()
    assert name in page.error[0].value
    assert value in page.error[0].value
    assert set(page.query_params) == set()


def test_the_rest_of_a_link_with_a_wrong_value_holds():
    page = open_page("train", epochs="900", batch_size="64")
    assert "epochs is 900; accepted: 1 to 100" in page.error[0].value
    said = texts(page)
    assert "Own settings: 784-100-50-10 · batch size 64" in said


def test_a_lesson_leads_here_and_a_click_leads_back():
    page = open_page("train", hidden_sizes="33", **{"from": "lesson-10"})
    assert "784-33-10" in texts(page)
    page.button(key="back-to-lesson").click().run()
    assert not page.exception
    assert "from" not in page.query_params
    assert page.session_state["visit"].learn.lesson == 10


def test_without_a_lesson_there_is_no_way_back_to_one():
    page = open_page("train", **{"from": "lesson-77"})
    assert not [each for each in page.button if each.key == "back-to-lesson"]
