"""Runs: one run as a card and as a network in one file."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from core.runs.kept.run import Label
from core.runs.kept.store import RunStore
from pages.ui.state.networks import network_of
from pages.ui.widgets.take_home.card import card_of, reader_file
from tests.pages.app import texts
from tests.pages.runs.kept_runs import keep, open_runs

pytestmark = pytest.mark.usefixtures("fresh_server")

SMALL = {"hidden_sizes": (5,)}


def downloads(run_id: str):
    """The page on which this run is chosen, and its download buttons by their label."""
    page = open_runs(run_id)
    page.session_state["runs-more-section"] = "home"
    page.run()
    assert not page.exception
    return page, {each.label: each for each in page.get("download_button")}


def test_a_run_can_be_had_as_a_card_and_in_one_file():
    keep("small-1", config=SMALL)
    _, buttons = downloads("small-1")
    assert {"A network in one file", "Picture card", "Card to print"} <= set(buttons)
    assert not buttons["A network in one file"].proto.disabled


def test_a_run_that_fits_into_no_file_says_why_and_still_has_its_card():
    keep("large-1", config={"hidden_sizes": (2_048,)})
    page, buttons = downloads("large-1")
    assert buttons["A network in one file"].proto.disabled
    assert not buttons["Picture card"].proto.disabled
    assert "This network has 1,628,170 weights, too many for one small file." in texts(page)


def test_card_and_file_say_what_the_run_was_and_its_name_is_text():
    keep("small-1", config=SMALL, label=Label("<b>Fox</b> </script>"))
    network = network_of("small-1")
    card = card_of(None, network, "https://digits.example/runs?run=small-1")
    assert card.network == "<b>Fox</b> </script>"
    assert card.score == "90.0\u202f% of 100 test images right (Built-in handwriting)"
    assert card.losses.tolist() == pytest.approx([2.3, 1.1, 0.5])
    page = reader_file(network).decode()
    assert "<h1>&lt;b&gt;Fox&lt;/b&gt; &lt;/script&gt;</h1>" in page
    assert page.count("</script>") == 2
    assert "Trained in Digit Lab on Built-in handwriting." in page


def test_a_moment_of_a_run_has_no_score_and_its_curve_ends_there():
    keep("small-1", config=SMALL)
    network = replace(network_of("small-1"), key="small-1@2")
    card = card_of(None, network, "")
    assert card.score == "After 2 batches, not examined yet"
    assert len(card.losses) == 2


def test_numbers_beyond_all_bounds_are_no_answer():
    run = keep("broken-1", config=SMALL)
    weights = {name: torch.full_like(each, torch.nan) for name, each in run.weights.items()}
    RunStore().save(replace(run, weights=weights))
    card = card_of(None, network_of("broken-1"), "")
    assert (card.answer, card.sure) == ("?", "Its numbers are too large")
    assert card.shares == [0.0] * 10
