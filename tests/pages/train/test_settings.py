"""The settings on Train: presets, the form that unfolds, layers, what comes with a link."""

from __future__ import annotations

import pytest
import streamlit as st

from pages.ui import shell
from pages.ui.train import build_your_own
from tests.conftest import ROOT
from tests.pages.app import html, number, open_page, press, take, texts, unfold, wait_for_end

pytestmark = pytest.mark.usefixtures("fresh_server")


def test_a_preset_sets_everything_and_the_dataset_stays():
    page = unfold(open_page("train", dataset="generated"))
    take(page, "Network", "no_sevens")
    assert "without 7" in texts(page)
    assert "Built-in handwriting" in texts(page)
    assert page.query_params["exclude_digits"] == "7"
    take(page, "Network", "linear")
    assert "784 → 10" in texts(page)
    assert "without 7" not in texts(page)
    take(page, "Network", "tutorial")
    assert set(page.query_params) == {"dataset"}


def test_the_settings_are_there_only_while_they_are_open_and_closing_loses_nothing():
    page = open_page("train")
    assert not page.number_input
    assert "784 →" not in texts(page)
    unfold(page)
    number(page, "Units in hidden layer 1").set_value(33).run()
    number(page, "Seed: the same number, the same run").set_value(7)
    unfold(page, is_open=False)  # with the click that takes the number
    assert "784 → 33 → 50 → 10" in texts(page)
    assert page.query_params["seed"] == "7"
    page.run()
    assert not page.number_input
    unfold(page)
    assert number(page, "Units in hidden layer 1").value == 33
    assert number(page, "Seed: the same number, the same run").value == 7


def test_the_settings_stay_open_though_their_visitor_goes_on_before_they_are_all_there(monkeypatch):
    page = open_page("train")
    monkeypatch.setattr(build_your_own, "fill", lambda *_: st.stop())  # as a click on a link does
    unfold(page)
    assert not page.number_input
    monkeypatch.undo()
    page.switch_page(str(ROOT / "app.py")).run()
    page.switch_page(str(ROOT / "pages" / "train.py")).run()
    assert number(page, "Units in hidden layer 1").value == 100


def test_the_settings_are_found_as_they_were_left_on_another_page_but_not_after_a_run(
    monkeypatch, generated
):
    from core import data

    monkeypatch.setattr(data, "load_dataset", lambda *args, **kwargs: generated)
    page = unfold(open_page("train", dataset="generated", training_images="1000"))
    page.switch_page(str(ROOT / shell.PAGES["data"].path)).run()
    page.switch_page(str(ROOT / shell.PAGES["train"].path)).run()
    assert number(page, "Seed: the same number, the same run")
    page.button(key="start").click().run()
    wait_for_end(page)
    assert "From built-in handwriting, kept aside" in html(page)
    assert not page.number_input
    unfold(page)
    assert number(page, "Seed: the same number, the same run")


def test_layers_are_added_and_removed_with_a_click():
    page = unfold(open_page("train"))
    number(page, "Units in hidden layer 2").set_value(7).run()
    press(page, "Add a hidden layer")
    assert "784 → 100 → 7 → 50 → 10" in texts(page)
    remove = next(each for each in page.button if each.help.startswith("Remove hidden layer 1"))
    remove.click().run()
    assert "784 → 7 → 50 → 10" in texts(page)
    assert page.query_params["hidden_sizes"] == "7,50"


def test_settings_that_do_not_fit_get_a_sentence_and_the_last_good_ones_stay():
    page = unfold(open_page("train"))
    pills = next(each for each in page.get("button_group") if "Leave out" in each.label)
    pills.set_value(list(range(9))).run()
    assert not page.exception
    assert "at least two have to stay" in page.warning[0].value
    assert "without" not in page.caption[0].value


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
