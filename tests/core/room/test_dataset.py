"""The digits of a room as a dataset: three parts that share no drawing, and a name of their own."""

from __future__ import annotations

import pytest

from core.background import Refused
from core.config import DATASETS, ConfigError, TrainingConfig
from core.data import DatasetShelf, DataUnavailable
from core.evaluation import evaluate
from core.model import build_model
from core.room.dataset import dataset_of, name_of
from core.settings.choices import ROOM_IMAGES, expected_images
from core.trainer import train


@pytest.fixture
def drawn(room, write):
    write(room, 84, phones=27)
    return room.digits()


def test_no_drawing_is_in_two_parts_and_none_is_left_out(drawn):
    dataset = dataset_of(drawn)
    parts = [dataset.written, dataset.validation, dataset.test]
    found = [image.tobytes() for part in parts for image in part.images.numpy()]
    assert sorted(found) == sorted(each.image.tobytes() for each in drawn)
    assert [len(part) for part in parts] == [44, 20, 20]  # the odd ones of each digit teach
    assert len(dataset.train) == ROOM_IMAGES == expected_images(dataset.name, None)


def test_the_writers_are_the_phones(drawn):
    dataset = dataset_of(drawn)
    assert dataset.writers == tuple(f"phone {number}" for number in range(1, 28))
    teachers, varied = (
        set(zip(part.writers.tolist(), part.labels.tolist(), strict=True))
        for part in (dataset.written, dataset.train)
    )
    assert varied <= teachers


def test_the_name_is_that_of_these_drawings_alone(drawn):
    assert name_of(drawn) == name_of(list(drawn)) == dataset_of(drawn).name
    assert name_of(drawn) != name_of(drawn[:-1])
    assert DATASETS[name_of(drawn)].label == "Digits of a room"
    assert name_of(drawn) not in DATASETS


def test_it_can_be_named_in_the_settings_and_learned_from(drawn):
    dataset = dataset_of(drawn)
    config = TrainingConfig(dataset=dataset.name, epochs=6)
    assert TrainingConfig.from_query(config.to_query()) == (config, [])
    model = build_model(config)
    list(train(model, dataset, config))
    assert evaluate(model.eval(), dataset.test).accuracy > 0.5


@pytest.mark.parametrize("name", ["room-", "room-XYZ", "room-0123456789abcdef0", "../room", "room"])
def test_other_names_are_refused(name):
    with pytest.raises(ConfigError, match="choose one of mnist, generated"):
        TrainingConfig(dataset=name)
    with pytest.raises(KeyError):
        DATASETS[name]


def test_too_few_are_refused(drawn):
    with pytest.raises(Refused, match="19 digits, and 20 are needed"):
        dataset_of(drawn[:19])


def test_a_shelf_keeps_few_rooms_and_says_where_there_is_none(drawn):
    asked, made = [], dataset_of(drawn)

    def get(name: str):
        asked.append(name)
        return made

    shelf = DatasetShelf(get)
    names = [f"room-{number:016x}" for number in range(9)]
    for name in [*names, names[8], names[0]]:
        shelf.get(name)
    assert asked == [*names, names[0]]
    assert [shelf.ready(name) for name in names] == [True, False, *[True] * 7]
    with pytest.raises(DataUnavailable, match="written in a room"):
        DatasetShelf().get(names[0])
    assert shelf.get(names[8]) is made
