"""The Inside page in Streamlit's own test harness: every section, for every kind of network."""

from __future__ import annotations

import threading
from html import escape
from pkgutil import resolve_name

import numpy as np
import pytest

from core.background import KEPT, Task
from core.config import TrainingConfig
from core.data import DigitDataset
from core.evaluation import evaluate, probabilities
from core.explain.attribution import covered, spots_that_decide
from core.explain.scores import likeliest
from core.explain.tsne import neighbour_map
from core.model import build_model, outputs
from core.pretrained import load
from core.runs.kept.names import spoken_name
from core.runs.kept.store import RunStore
from pages.ui.inside import map_neighbours
from pages.ui.inside.sections import SECTIONS
from pages.ui.state import server
from pages.ui.state.visit import KEY
from pages.ui.widgets.digits.why import LIMIT
from pages.ui.words.numbers import percent, sureness
from tests.finished_run import finished_run
from tests.pages.app import (
    SEVEN,
    TWO_DIGITS,
    choose,
    draw,
    dropdown,
    handed_over,
    html,
    open_page,
    press,
    take,
    texts,
)

pytestmark = pytest.mark.usefixtures("fresh_server")
OF_THE_NETWORK = ("weights", "ideal")  # all other sections are about a digit
SMALL = TrainingConfig(dataset="generated")
KINDS = {  # what is measured of each is tested with every activation in tests/core/explain
    "dense": SMALL.changed(activation="tanh"),
    "dense without activation": SMALL.changed(activation="none"),
    "conv": SMALL.changed(architecture="conv"),
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
    monkeypatch.setattr(server, "inside_digits", lambda key: few)
    return few


def inside(section: str, network: str = "tutorial"):
    """The page with this network and this section."""
    return choose(take(open_page("inside"), "Network", network), "Look at", section)


def inside_run(run_id: str):
    """The page with this run, which is the network offered first."""
    page = open_page("inside", run=run_id)
    assert dropdown(page, "Network").label.startswith(f"Network: {spoken_name(run_id)}")
    return page


def saved_run(config: TrainingConfig, **changes) -> str:
    """A run on disk that nobody has in memory; its network has not learned anything."""
    run = finished_run(config, id="kept-on-disk", validation=(), test=None, **changes)
    RunStore().save(run)
    return run.id


@pytest.mark.parametrize("network", ["tutorial", "default"])
def test_every_section_opens_for_every_shipped_network(network):
    page = take(open_page("inside"), "Network", network)
    for section in SECTIONS:
        choose(page, "Look at", section)
        assert not page.exception, section
        assert not page.error, section


@pytest.mark.parametrize("kind", KINDS)
def test_every_section_opens_for_every_kind_of_network_from_disk(kind):
    page = inside_run(saved_run(KINDS[kind]))
    for section in SECTIONS:
        choose(page, "Look at", section)
        assert not page.exception, section
        assert not page.error, section


def test_weights_of_zero_and_endless_ones_are_no_catastrophe():
    """Such networks come out of runs with absurd settings."""
    for value in (0.0, 1e30):
        weights = {
            name: tensor * 0 + value for name, tensor in build_model(SMALL).state_dict().items()
        }
        page = inside_run(saved_run(SMALL, weights=weights))
        for section in SECTIONS:
            choose(page, "Look at", section)
            assert not page.exception, (section, value)


def test_the_answer_beside_the_digit_is_the_networks_own(few_digits):
    assert reading(load("tutorial").model, few_digits) in texts(inside("follow"))


def reading(model, digits: DigitDataset) -> str:
    """What the page says of the first 3."""
    place = (digits.test.labels == 3).nonzero()[0]
    shares = probabilities(model, digits.test.images[place].float() / 255)[0]
    answer = int(shares.argmax())
    return f"It is a 3. The network reads **{answer}**, {percent(shares[answer].item())} sure."


def test_the_strongest_spots_are_covered_and_the_digit_read_again(few_digits):
    page = inside("why")
    model, (place,) = load("tutorial").model, (few_digits.test.labels == 3).nonzero()[0]
    image = (few_digits.test.images[place].float() / 255).numpy()
    answer, rival = likeliest(probabilities(model, image[None])[0].numpy(), 2)
    spots = spots_that_decide(model, image, answer, rival)
    black = covered(image, spots)
    shares = probabilities(model, np.stack([image, black]))
    covered_title = f"{len(spots)} spots covered"
    assert len(spots) > 1
    for title, each in zip(("Uncovered", covered_title), shares, strict=True):
        sure = escape(sureness(each.max()))
        assert f"{title}:<br>it reads <b>{each.argmax()}</b>, {sure} sure" in html(page)
    assert page.caption[0].value == LIMIT


def test_the_layers_are_joined_and_units_that_are_off_add_nothing():
    page = inside("follow")
    before = handed_over(page, "links")
    assert [len(layer["names"]) for layer in before["layers"]] == [100, 50]
    assert all(gap for gap in before["links"])
    assert {to for _, to, _ in before["links"][-1]} == set(range(10))
    assert before["before"] is None
    here = page.session_state[KEY].inside
    strong = before["layers"][1]["strength"][:3]
    here.off = (here.subject, {"layers.activation_2": frozenset(strong)})
    after = handed_over(page.run(), "links")
    assert after["before"] == before["shares"] != after["shares"]
    assert after["said"].startswith("With 3 units off it reads")
    assert after["layers"][1]["off"] == sorted(strong)
    assert set(strong) <= {start for start, _, _ in before["links"][-1]}
    assert not set(strong) & {start for start, _, _ in after["links"][-1]}


def test_of_many_filters_the_strongest_for_this_digit_are_shown(few_digits):
    layers = handed_over(inside("follow", "default"), "links")["layers"]
    assert [layer["words"] for layer in layers] == [
        "Layer 1: 16 pattern finders (filters)",
        "Layer 2: 16 strongest of 32 filters",
        "Layer 3: 16 strongest of 64 filters",
        "Layer 4: 16 strongest of 96 filters",
        "Layer 5: 128 units, one number each",
    ]
    assert [len(layer["names"]) for layer in layers] == [16, 16, 16, 16, 128]
    (place,) = (few_digits.test.labels == 3).nonzero()[0]
    image = few_digits.test.images[place][None].float() / 255
    maps = outputs(load("default").model, image)["features.activation_3"][0]
    strongest = maps.abs().mean(dim=(1, 2)).topk(16).indices.sort().values
    shown = [int(name.split()[2].rstrip(":")) for name in layers[2]["names"]]
    assert shown == (strongest + 1).tolist()


def test_a_drawn_digit_goes_through_too():
    page = inside("follow", "default")
    choose(page, "Which digit", "draw")
    for section in ("follow", "why", "flip", "map"):
        assert "Draw a digit in the box" in texts(choose(page, "Look at", section)), section
    for section in ("map", "flip", "why", "follow"):
        draw(choose(page, "Look at", section), "inside", SEVEN)
        assert not page.exception, section
        assert "The network reads **7**" in texts(page), section


def test_two_digits_cannot_go_through_at_once():
    page = inside("follow", "default")
    choose(page, "Which digit", "draw")
    draw(page, "inside", *TWO_DIGITS)
    assert not page.exception
    assert "There seem to be 2 digits here" in page.warning[0].value
    assert "The network reads" not in texts(page)


@pytest.fixture
def stepped(monkeypatch, small):
    """A run that stands still after three batches."""
    monkeypatch.setattr("core.data.load_dataset", lambda *args, **kwargs: small)
    job = server.board().submit(SMALL, paused=True)
    step(job, 3)
    return job


def test_a_run_is_looked_at_in_the_middle_and_stands_still_until_asked(stepped, few_digits):
    page = open_page("inside", run=stepped.id)
    take(page, "Network", stepped.id)
    before = reading(stepped.network(), few_digits)
    for section in SECTIONS:
        choose(page, "Look at", section)
        assert not page.exception, section
        assert section in OF_THE_NETWORK or before in texts(page)
    choose(page, "Look at", "follow")
    step(stepped, 2)
    after = reading(stepped.network(), few_digits)
    assert after != before
    page.run()
    assert before in texts(page)
    press(page, "Take the newest")
    assert after in texts(page)
    assert "Take the newest" not in [each.label for each in page.button]


def test_a_network_that_the_server_has_forgotten_is_opened_again(stepped, few_digits):
    page = open_page("inside", run=stepped.id)
    take(page, "Network", stepped.id)
    step(stepped, 2)
    assert "Take the newest" in [each.label for each in page.run().button]
    for number in range(KEPT):
        server.kept().keep(("something newer", number), number)
    page.run()
    assert not page.exception
    assert reading(stepped.network(), few_digits) in texts(page)
    assert "Take the newest" not in [each.label for each in page.button]


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("weights", "weights.study_first_layer"),
        ("flip", "flip.smallest_flips"),
        ("map", "map.measure_map"),
        ("ideal", "ideal.ideal_digits"),
    ],
)
def test_what_takes_long_is_measured_once_for_everybody(section, name, monkeypatch):
    measured, path = [], f"pages.ui.inside.{name}"
    measure = resolve_name(path)
    monkeypatch.setattr(path, lambda *a, **k: measured.append(1) or measure(*a, **k))
    page = inside(section)
    assert not page.run().exception
    assert not inside(section).exception  # another visitor
    assert len(measured) == 1


def step(job, batches: int) -> None:
    iteration = job.snapshot().iteration + batches
    job.controls.step(batches)
    for _ in range(100):
        job.wait_until_still(20)
        if job.snapshot().iteration >= iteration:
            return
    raise AssertionError("the job did not get on")


def test_with_other_digits_everything_is_measured_anew(monkeypatch, few_digits, small):
    """MNIST may come into memory between two looks at the same network."""
    inside("map")
    others = DigitDataset("generated", small.train[:400], small.validation, small.test[200:400])
    monkeypatch.setattr(server, "inside_digits", lambda key: others)
    for section in ("map", "weights", "ideal"):
        page = inside(section)
        assert not page.exception
    page = inside("map")
    exam = evaluate(load("tutorial").model, others.test)
    wrong = exam.images - exam.correct
    assert mistakes_on_map(page) == wrong


def mistakes_on_map(page) -> int:
    """How many of the digits on the map are read as another."""
    digit_map = handed_over(page, "answers")
    return sum(map(str.__ne__, digit_map["labels"], digit_map["answers"]))


def test_a_finished_map_stays_finished_when_its_visitor_begins_another(monkeypatch):
    monkeypatch.setattr(map_neighbours, "neighbour_map", neighbour_map)
    page = inside("map", "tutorial")
    first = arranging(page)
    assert first.wait(60)
    take(page, "Network", "default")
    assert arranging(page).wait(60)
    assert first.done
    take(page, "Network", "tutorial")
    assert "lie side by side" in texts(page)
    assert "Stopped at" not in texts(page)


def test_a_map_that_is_not_finished_is_stopped_for_another_and_begun_again(monkeypatch):
    go_on = threading.Event()

    def held(points, places, tell):
        while not go_on.wait(0.02):
            tell(0.0, None)  # whatever else is measured goes first
        return neighbour_map(points, places, tell)

    monkeypatch.setattr(map_neighbours, "neighbour_map", held)
    page = inside("map", "tutorial")
    first = arranging(page)
    take(page, "Network", "default")
    second = arranging(page)
    assert first.wait(60)
    assert first.stopped
    go_on.set()
    assert second.wait(60)
    take(page, "Network", "tutorial")
    assert arranging(page).wait(60)
    assert arranging(page).done


def arranging(page) -> Task:
    """The map by neighbours that this visitor's page began last."""
    return server.large_tasks().get(page.session_state[KEY].inside.neighbours)
