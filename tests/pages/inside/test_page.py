"""The Inside page in Streamlit's own test harness: every section, for every kind of network."""

from __future__ import annotations

import numpy as np
import pytest

from core.config import ACTIVATIONS, TrainingConfig
from core.data import DigitDataset
from core.evaluation import evaluate, probabilities
from core.model import build_model
from core.pretrained import load
from core.runs.moments import weights_of
from core.runs.store import Run, RunStore
from pages.ui import state
from pages.ui.words.numbers import percent
from tests.pages.test_pages import SEVEN, drawn, fresh_server, open_page, texts  # noqa: F401

SECTIONS = ("follow", "weights", "why", "flip", "map", "ideal")
SMALL = TrainingConfig(dataset="generated")
KINDS = {
    **{f"dense {name}": SMALL.changed(activation=name) for name in ACTIVATIONS},
    **{f"conv {name}": SMALL.changed(architecture="conv", activation=name) for name in ACTIVATIONS},
    "linear": SMALL.changed(hidden_sizes=()),
    "one unit": SMALL.changed(hidden_sizes=(1,)),
    "one unit in the middle": SMALL.changed(hidden_sizes=(20, 1, 20)),
    "six layers": SMALL.changed(hidden_sizes=(12,) * 6),
    "dropout": SMALL.changed(dropout=0.5),
    "conv without hidden layer": SMALL.changed(architecture="conv", hidden_sizes=()),
}


@pytest.fixture(autouse=True)
def few_digits(monkeypatch, generated):
    """The page looks at each network with a few digits, so that all kinds can be opened."""
    parts = generated.train[:400], generated.validation[:100], generated.test[:200]
    few = DigitDataset("generated", *parts)
    monkeypatch.setattr(state, "inside_digits", lambda key: few)
    return few


def inside(section: str, network: str = "tutorial", page=None, **address):
    """The page with this network and this section."""
    page = page or open_page("inside", **address)
    page.session_state["kept-inside-network-choice"] = network
    page.session_state["inside-section"] = section
    return page.run()


def saved_run(config: TrainingConfig, weights=None) -> str:
    """A run on disk that nobody has in memory; its network has not learned anything."""
    run = Run(
        id="kept-on-disk",
        config=config,
        complete=True,
        total_iterations=1,
        seconds=1.0,
        losses=np.ones(1, dtype=np.float32),
        validation=(),
        test=None,
        weights=weights or weights_of(build_model(config)),
    )
    RunStore().save(run)
    return run.id


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("network", ["tutorial", "default"])
def test_every_section_opens_for_every_shipped_network(section, network):
    page = inside(section, network)
    assert not page.exception
    assert not page.error


@pytest.mark.parametrize("kind", KINDS)
def test_every_section_opens_for_every_kind_of_network_from_disk(kind):
    run_id = saved_run(KINDS[kind])
    page = open_page("inside", run=run_id)
    for section in SECTIONS:
        inside(section, run_id, page)
        assert not page.exception, section
        assert not page.error, section


def test_weights_of_zero_and_endless_ones_are_no_catastrophe():
    """Such networks come out of runs with absurd settings."""
    for value in (0.0, 1e30):
        weights = {
            name: tensor * 0 + value for name, tensor in build_model(SMALL).state_dict().items()
        }
        run_id = saved_run(SMALL, weights)
        page = open_page("inside", run=run_id)
        for section in SECTIONS:
            inside(section, run_id, page)
            assert not page.exception, (section, value)


def test_the_answer_beside_the_digit_is_the_networks_own(few_digits):
    page = inside("follow")
    place = (few_digits.test.labels == 3).nonzero()[0]
    shares = probabilities(load("tutorial").model, few_digits.test.images[place].float() / 255)[0]
    answer = int(shares.argmax())
    expected = f"It is a 3. The network reads **{answer}**, {percent(shares[answer].item())} sure."
    assert expected in texts(page)


@pytest.mark.parametrize("section", ["follow", "why", "flip", "map"])
def test_a_drawn_digit_goes_through_too(section):
    page = open_page("inside")
    page.session_state["inside-way"] = "draw"
    inside(section, "default", page)
    assert "Draw a digit in the white box" in texts(page)
    page.session_state["inside-0"] = drawn(SEVEN)
    page.run()
    assert not page.exception
    assert "The network reads **7**" in texts(page)


def test_a_run_is_looked_at_in_the_middle_and_stands_still_until_asked(monkeypatch, small):
    monkeypatch.setattr("core.data.load_dataset", lambda *args, **kwargs: small)
    job = state.board().submit(SMALL, paused=True)
    job.step(3)
    wait_for_iteration(job, 3)
    page = open_page("inside", run=job.id)
    for section in SECTIONS:
        inside(section, job.id, page)
        assert not page.exception, section
    before = page.session_state["kept-inside-subject"][1]
    assert all((before.model.state_dict()[name] == value).all() for name, value in now(job))
    job.step(2)
    wait_for_iteration(job, 5)
    page.run()
    assert page.session_state["kept-inside-subject"][1] is before
    next(each for each in page.button if each.label == "Take the newest").click().run()
    after = page.session_state["kept-inside-subject"][1]
    assert after.key != before.key
    assert all((after.model.state_dict()[name] == value).all() for name, value in now(job))
    assert "Take the newest" not in [each.label for each in page.button]


def wait_for_iteration(job, iteration: int) -> None:
    for _ in range(100):
        job.wait_until_still(20)
        if job.snapshot().iteration >= iteration:
            return
    raise AssertionError("the job did not get on")


def now(job):
    return job.network().state_dict().items()


def test_with_other_digits_everything_is_measured_anew(monkeypatch, few_digits, small):
    """MNIST may come into memory between two looks at the same network."""
    inside("map")
    others = DigitDataset("generated", small.train[:400], small.validation, small.test[200:400])
    monkeypatch.setattr(state, "inside_digits", lambda key: others)
    for section in ("map", "weights", "ideal"):
        page = inside(section)
        assert not page.exception
    page = inside("map")
    exam = evaluate(load("tutorial").model, others.test)
    wrong = exam.images - exam.correct
    assert f"({wrong:,} of {exam.images:,}, {percent(wrong / exam.images)})" in texts(page)


def test_a_finished_map_stays_finished_when_its_visitor_begins_another():
    page = inside("map", "tutorial")
    arrange(page)
    first = page.session_state["kept-inside-neighbours"][1]
    inside("map", "default", page)
    arrange(page)
    assert first.complete
    assert "Stopped at" not in texts(inside("map", "tutorial", page))


def arrange(page) -> None:
    """Make the map by neighbours, and wait for it."""
    next(each for each in page.button if each.label.startswith("Arrange by")).click().run()
    page.session_state["kept-inside-neighbours"][1].wait(60)
    page.run()
