"""A network goes on learning from a room: it reads it better, and forgets less with memory."""

from __future__ import annotations

import pytest

from core import pretrained
from core.background import Queue, Refused, Stopped, Task
from core.config import TrainingConfig
from core.data import DigitDataset, Digits, scaled
from core.datasets.no_digits.collection import no_digits
from core.evaluation import doubts, evaluate
from core.model import build_model, fingerprint
from core.room.learning import learn
from core.room.material import images_material


class Shelf:
    def __init__(self, dataset: DigitDataset) -> None:
        self._dataset = dataset

    def at_hand(self, on_share) -> DigitDataset:
        on_share(1.0)
        return self._dataset


@pytest.fixture(scope="module")
def tutorial():
    return pretrained.load("tutorial").model


@pytest.fixture(scope="module")
def hands(generated) -> Digits:
    """Digits of people who all write lying down: on their left side."""
    some = generated.test[:300]
    return Digits(some.images.rot90(1, (1, 2)).contiguous(), some.labels)


def done(work) -> Task:
    task = Task(work, Queue(1)).start()
    assert task.wait(120)
    return task


@pytest.fixture(scope="module")
def learned(tutorial, hands, generated):
    small = DigitDataset(
        "generated", generated.train[:6_000], generated.validation[:500], generated.test[300:]
    )

    def work(task: Task):
        return learn(tutorial, False, lambda: images_material(hands), Shelf(small), task)

    return done(work).result(), small


def test_it_reads_digits_of_the_same_hands_that_it_did_not_learn_from(learned, hands):
    found, _ = learned
    before, after = found.others
    assert before.accuracy < 0.4
    assert after.accuracy > before.accuracy + 0.3
    assert before.images == after.images == len(images_material(hands).judges)


def test_with_the_memory_it_forgets_less(learned):
    found, _ = learned
    before, after = found.old
    assert after.accuracy > found.forgetful.accuracy + 0.1
    assert found.forgetful.accuracy < before.accuracy
    assert found.old_name == "generated"


def test_what_is_told_is_what_the_networks_do_and_the_first_one_stays(learned, tutorial):
    found, small = learned
    assert not found.model.training
    assert evaluate(found.model, small.test).correct == found.old[1].correct
    assert evaluate(tutorial, small.test).correct == found.old[0].correct
    assert fingerprint(found.model) != fingerprint(tutorial)
    assert fingerprint(tutorial) == fingerprint(pretrained.load("tutorial").model)
    assert found.doubt is None


def test_too_few_digits_are_refused_and_stop_is_heard(tutorial, hands, generated):
    few = done(
        lambda task: learn(
            tutorial, False, lambda: images_material(hands[:5]), Shelf(generated), task
        )
    )
    assert isinstance(few.error, Refused)

    def stopped(task: Task):
        task.stop()
        return learn(tutorial, False, lambda: images_material(hands), Shelf(generated), task)

    with pytest.raises(Stopped):
        done(stopped).result()


def test_a_network_that_doubts_still_does(generated, hands):
    """Scribbles keep an answer of their own, and the doubt is measured anew."""
    small = DigitDataset(
        "generated", generated.train[:4_000], generated.validation[:500], generated.test[:200]
    )
    model = build_model(TrainingConfig())

    def work(task: Task):
        return learn(model, True, lambda: images_material(hands), Shelf(small), task)

    found = done(work).result()
    doubted = doubts(found.model, scaled(small.validation.images)) > found.doubt.above
    assert 0 < doubted.float().mean() <= 0.011
    scribbles, _ = no_digits(200, seed=5)
    doubted_scribbles = doubts(found.model, scaled(scribbles)) > found.doubt.above
    assert doubted_scribbles.float().mean() > 5 * doubted.float().mean()
