"""What the browser is given of the network at work: whose it is, of which moment, and how much."""

from __future__ import annotations

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import parse_tree_from_messages

from core.charts.training import LOSS_POINTS
from pages.ui import shell
from pages.ui.words.numbers import sureness
from tests.conftest import ROOT
from tests.pages.app import (
    choose,
    draw,
    handed_over,
    html,
    open_page,
    press,
    texts,
    wait_for_end,
)

pytestmark = pytest.mark.usefixtures("fresh_server")
LARGEST = 20_000  # bytes of a look
AROUND_A_LOOK = 1_200  # bytes: that a script begins, and that it is over
ONE = [["M", 140, 40], ["L", 140, 240]]


def at_work(page: AppTest) -> dict | None:
    """The look at the network that was handed over."""
    return handed_over(page, "look")["look"]


def chart(page: AppTest) -> dict:
    """The chart of the losses that was handed over."""
    return handed_over(page, "chart")["chart"]


def one_step(page: AppTest):
    """Begin a run with one batch; the run."""
    from pages.ui.state import server

    press(page, "One step")
    (job,) = server.board().jobs()
    job.wait_until_still(20)
    page.run()
    return job


def test_before_a_run_its_network_guesses(page, generated):
    """The one that it will begin with, with the weights that its seed gives, on the same wall."""
    from core.runs.at_work import before_learning, wall_digits

    look = at_work(page)
    asked = before_learning(one_step(page).config, wall_digits(generated.validation)).to_dict()
    assert {name: look[name] for name in asked} == asked
    assert (look["run"], look["iteration"], look["then"]) == ("", 0, asked["shares"])


def test_digits_that_are_not_here_are_not_fetched_for_a_look():
    """Where there are none at hand, nothing is made up."""
    page = open_page("train")
    assert (at_work(page)["labels"], at_work(page)["iteration"]) == ([], 0)
    assert "at-work-sheet" not in html(page)


def test_it_is_said_which_network_is_in_use_while_another_learns(page):
    assert "In use on other pages: **the built-in network**." in texts(page)
    one_step(page)
    assert "In use on other pages until then: **the built-in network**." in texts(page)


def test_it_is_the_network_of_the_run_at_the_moment_of_the_chart_and_the_words(page, generated):
    from core.runs.at_work import at_work as ask
    from core.runs.at_work import before_learning, wall_digits

    job = one_step(page)
    look = at_work(page)
    wall = wall_digits(generated.validation)
    asked = ask(job.network(), wall).to_dict()
    assert {name: look[name] for name in asked} == asked
    assert look["then"] == before_learning(job.config, wall).to_dict()["shares"]
    assert look["then"] != look["shares"]
    assert (look["iteration"], look["name"]) == (1, job.name)
    assert chart(page)["data"][0]["x"] == [1]
    assert "batch 1 of 8" in page.get("progress")[0].proto.text
    assert "at-work-sheet" in html(page)


@pytest.fixture
def messages(monkeypatch) -> list[ForwardMsg]:
    """What the server sent when the page was built last."""
    sent: list[ForwardMsg] = []

    def note_and_parse(messages: list[ForwardMsg]):
        sent[:] = messages
        return parse_tree_from_messages(messages)

    runner = "streamlit.testing.v1.local_script_runner.parse_tree_from_messages"
    monkeypatch.setattr(runner, note_and_parse)
    return sent


@pytest.mark.parametrize("network", [{}, {"architecture": "conv"}, {"hidden_sizes": "2048"}])
def test_a_look_at_a_run_is_small_with_all_that_is_sent_for_it(network, at_hand, messages):
    """As many losses as a chart shows, and a digit that was drawn."""
    short = {"dataset": "generated", "training_images": "1000", "batch_size": "4", "epochs": "2"}
    page = open_page("train", **short, **network)
    page.switch_page(str(ROOT / "app.py")).run()
    draw(page, "home", ONE)
    page.switch_page(str(ROOT / shell.PAGES["train"].path)).run()
    job = one_step(page)
    job.controls.step(3 * LOSS_POINTS // 2)
    job.wait_until_still(60)
    page.run()
    assert at_work(page)["shown"] > 0 and at_work(page)["own"]
    assert len(chart(page)["data"][0]["x"]) > LOSS_POINTS / 2
    (look,) = {each.delta.fragment_id for each in messages if shows_network(each)}
    sent = [each.ByteSize() for each in messages if each.delta.fragment_id == look]
    assert sum(sent) + AROUND_A_LOOK <= LARGEST


def shows_network(message: ForwardMsg) -> bool:
    component = message.delta.new_element.bidi_component
    return component.component_name == "digitlab_at_work"


def test_a_run_that_only_the_disk_remembers_shows_its_network_still(page):
    import streamlit as st

    page.button(key="start").click().run()
    wait_for_end(page)
    before = at_work(page)
    assert before["correct"] > 20  # ten digits are ten by chance
    run_id = page.query_params["run"]
    st.cache_resource.clear()  # as if the server had been started anew
    again = open_page("train", run=run_id)
    assert not again.exception
    assert "new digits" in html(again)
    after = at_work(again)
    assert after["weights"] == before["weights"]
    assert after["labels"] == []  # the digits are not in memory, and are not fetched for this


def test_why_is_asked_of_a_digit_on_the_wall_when_the_run_stands_still(page):
    run_id = one_step(page).id
    look = at_work(page)
    assert look["still"]
    page.session_state["visit"].train.asked_why = (run_id, 7)
    page.run()
    why = asked_why(page)
    assert why["place"] == 7
    assert f"<b>Why {look['answers'][7]}, not " in why["html"]
    for asked in (("another-run", 7), (run_id, 100), (run_id, "x")):
        page.session_state["visit"].train.asked_why = asked
        page.run()
        assert not page.exception
        assert asked_why(page) is None


def asked_why(page: AppTest) -> dict | None:
    """The pictures that were handed over with the network at work."""
    return handed_over(page, "look")["why"]


def test_what_was_drawn_on_home_is_asked_about_from_the_first_moment_on(at_hand):
    page = open_page("train", dataset="generated", training_images="1000", epochs="4")
    page.switch_page(str(ROOT / "app.py")).run()
    draw(page, "home", ONE)
    page.switch_page(str(ROOT / shell.PAGES["train"].path)).run()
    before = at_work(page)["own"]
    page.button(key="start").click().run()
    wait_for_end(page)
    from pages.ui.state import server

    (job,) = server.board().jobs()
    answers = job.answers()
    assert answers.iterations.tolist() == list(range(33))
    own = at_work(page)["own"]
    assert own["at"] == list(range(33))
    assert (before["at"], before["said"]) == ([0], own["said"][0])
    said = answers.probabilities.argmax(axis=1)
    assert own["said"] == "".join(map(str, said))
    assert own["sure"] == [sureness(each) for each in answers.probabilities.max(axis=1)]
    assert len(answers.turns) > 1  # else the network was right by chance before it learned
    labels = [each for each in chart(page)["layout"]["annotations"] if "yours" in each["text"]]
    assert [(each["x"], each["text"]) for each in labels] == [
        (answers.turns[-1][0], f"from here it reads yours as {said[-1]}")
    ]
    choose(page, "Look closer", "probe")  # its empty box takes nothing away
    assert job.answers().iterations.tolist() == list(range(33))


def test_without_a_drawing_nobody_is_asked(page):
    one_step(page)
    assert at_work(page)["own"] is None
    assert not [each for each in chart(page)["layout"]["annotations"] if "yours" in each["text"]]


def test_of_many_answers_to_the_visitors_digit_few_are_handed_over_and_every_turn_is_among_them():
    import numpy as np

    from core.runs.memory import Answers
    from pages.ui.train.at_work import POINTS, own_digit

    shares = np.full((1_001, 10), 0.01, np.float32)
    said = np.array([3, 8])[(np.arange(1_001) >= 777).astype(int)]
    said[500] = 5  # for one batch only
    shares[np.arange(1_001), said] = 0.91
    image = np.zeros((28, 28), np.float32)
    own = own_digit(Answers(image, np.arange(1_001) * 2, shares))
    assert len(own["at"]) <= 2 * POINTS
    assert own["at"] == sorted(set(own["at"]))
    assert (own["at"][0], own["at"][-1]) == (0, 2_000)
    assert len(own["said"]) == len(own["sure"]) == len(own["at"])
    by_batch = dict(zip(own["at"], own["said"], strict=True))
    assert (by_batch[1_000], by_batch[1_002], by_batch[1_554]) == ("5", "3", "8")
    assert own_digit(Answers(image, np.array([0]), np.full((1, 10), np.nan))) is None
