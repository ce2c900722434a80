"""Series on disk: there and back to the bit, a visitor's own, told where they are damaged."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from dataclasses import replace

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.evaluation import Evaluation
from core.runs.kept import places
from core.runs.kept.run import RunError
from core.runs.series import kept
from core.runs.series.kept import DamagedSeries, SeriesStore
from core.runs.series.plan import Plan, plan_of, plan_table
from core.runs.series.results import as_csv, as_json
from core.runs.series.whole_run import WholeRun

CONFIG = TrainingConfig(dataset="generated", hidden_sizes=(12,))
OWNER = "o" * 22
REPEAT = Plan("Quiet Otter", CONFIG, OWNER, "2026-01-02T03:04:05+00:00", seeds=3)
SWEEP = replace(
    REPEAT, seeds=0, values=(("learning_rate", (0.001, 0.1)), ("training_images", (100, None)))
)


def over(config: TrainingConfig, right: int = 90, failure: str = "") -> WholeRun:
    """A run that was never trained; `right` of 100 images in its exam."""
    confusion = torch.zeros(10, 10, dtype=torch.int64)
    confusion[0, 0], confusion[0, 1] = right, 100 - right
    losses = np.random.default_rng(right).random(7, dtype=np.float32)
    return WholeRun(config, losses, (Evaluation(0.25, confusion),), 1.5, failure)


@pytest.fixture
def store(tmp_path) -> SeriesStore:
    return SeriesStore(tmp_path)


def begun(store: SeriesStore, plan: Plan = REPEAT, runs: int = 2) -> None:
    store.begin(plan)
    for place, config in enumerate(plan.configs[:runs]):
        store.keep(plan, over(config, 90 + place))


def test_what_is_over_comes_back_to_the_bit_after_a_restart(store, tmp_path):
    begun(store)
    again = SeriesStore(tmp_path)
    (plan,) = again.of([OWNER])
    assert (plan, plan.name, plan.begun) == (REPEAT, REPEAT.name, REPEAT.begun)
    runs = again.runs(plan)
    assert list(runs) == REPEAT.configs[:2]
    for place, (config, run) in enumerate(runs.items()):
        was = over(config, 90 + place)
        assert np.array_equal(run.losses, was.losses) and run.losses.dtype == np.float32
        assert torch.equal(run.score.confusion, was.score.confusion)
        assert (run.seconds, run.failure) == (1.5, "")
    assert again.stamp(plan) != 0


def test_a_sweep_comes_back_with_its_cells(store):
    begun(store, SWEEP, runs=4)
    (plan,) = store.of([OWNER])
    assert plan.values == SWEEP.values
    assert list(store.runs(plan)) == list(SWEEP.sweep.cells.values())


def test_more_seeds_of_the_same_settings_are_the_same_series(store):
    begun(store)
    more = replace(REPEAT, seeds=5, name="Other")
    store.begin(more)
    assert store.of([OWNER]) == [more]
    assert len(store.runs(more)) == 2


def test_nobody_sees_another_visitors(store):
    begun(store)
    assert store.of(["p" * 22]) == []
    assert replace(REPEAT, owner="p" * 22).id != REPEAT.id


def test_of_what_is_deleted_nothing_more_is_kept_and_it_can_come_back(store):
    begun(store)
    store.delete(REPEAT)
    store.keep(REPEAT, over(REPEAT.configs[2]))
    assert store.of([OWNER]) == [] and store.runs(REPEAT) == {}
    store.restore(REPEAT)
    assert store.of([OWNER]) == [REPEAT] and list(store.runs(REPEAT)) == REPEAT.configs[:2]
    with pytest.raises(RunError, match="gone"):
        store.restore(REPEAT)


def test_what_was_deleted_long_ago_goes_when_the_server_starts(store, tmp_path, monkeypatch):
    begun(store)
    store.delete(REPEAT)
    monkeypatch.setattr(places, "DELETED_FOR", -1.0)
    SeriesStore(store.folder)
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("series.json", b""),
        ("series.json", b"[1]"),
        ("series.json", b"[" * 10_000),
        ("series.json", b'{"format": 99}'),
        ("run-01.json", b'{"config": {}}'),
        ("run-01.json", b"\xff\xfe"),
    ],
)
def test_damage_is_told_and_nothing_is_deleted(store, tmp_path, file, content):
    begun(store)
    (place,) = tmp_path.glob(f"*/*/{file}")
    place.write_bytes(content)
    (found,) = store.of([OWNER])
    if file == "series.json":
        assert isinstance(found, DamagedSeries) and found.id == REPEAT.id
    else:
        with pytest.raises(DamagedSeries, match="damaged"):
            store.runs(found)
    assert place.read_bytes() == content


def changed(name: str, value: object) -> dict:
    return json.loads(json.dumps(plan_table(SWEEP if name == "values" else REPEAT) | {name: value}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("seeds", each) for each in (1, 10**9, 2.5, "5", None, True)),
        *(("name", each) for each in (5, "two\nlines")),
        ("owner", None),
        ("config", {"hidden_sizes": [10**9]}),
        ("values", [["layers", [0, 10**9]]]),
        ("values", [["no such", [0, 1]]]),
        ("values", [["epochs", [1]]]),
        ("values", 3),
    ],
)
def test_a_plan_that_cannot_be_is_damage(name, value):
    assert plan_of(changed("name", "same")) == REPEAT
    with pytest.raises(kept.DAMAGE):
        plan_of(changed(name, value))


def test_a_run_in_the_place_of_another_is_damage(store, tmp_path):
    begun(store)
    first, second = sorted(tmp_path.glob("*/*/run-*.json"))
    second.write_bytes(first.read_bytes())
    with pytest.raises(DamagedSeries, match="other settings"):
        store.runs(REPEAT)


def test_the_oldest_makes_room_and_only_where_it_has_to(store, monkeypatch):
    monkeypatch.setattr(kept, "MOST_OF_ONE", 2)
    other = replace(REPEAT, owner="p" * 22)
    begun(store, other)
    plans = [replace(REPEAT, config=CONFIG.changed(epochs=epochs)) for epochs in (1, 2, 3)]
    ages = {plan.id: age for age, plan in enumerate(plans)}
    monkeypatch.setattr(kept, "_age", lambda place: ages.get(place.name, -1))
    for plan in plans:
        begun(store, plan)
    assert {each.config.epochs for each in store.of([OWNER])} == {2, 3}
    assert store.of(["p" * 22]) == [other]
    monkeypatch.setattr(kept, "MOST_BYTES", 10)
    begun(store, plans[0])
    assert store.of([OWNER]) == [plans[0]] and store.of(["p" * 22]) == []


def test_a_folder_that_cannot_be_written_is_told_and_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    store = SeriesStore(tmp_path / "file")
    begun(store)
    assert store.problems[REPEAT.id].startswith("This could not be kept in ")
    assert store.of([OWNER]) == []


def test_a_disk_that_fills_up_leaves_no_half_of_a_run(store, tmp_path, monkeypatch):
    begun(store, runs=1)

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    store.keep(REPEAT, over(REPEAT.configs[1]))
    assert "No space left" in store.problems[REPEAT.id]
    assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 2
    assert list(store.runs(REPEAT)) == REPEAT.configs[:1]


def test_it_is_taken_home_as_tables_that_do_not_say_whose_it_was():
    runs = {config: over(config, 90) for config in REPEAT.configs[:2]}
    failed = REPEAT.configs[2]
    runs[failed] = replace(over(failed, failure="It fell apart."), checks=())
    rows = list(csv.DictReader(io.StringIO(as_csv(REPEAT, runs))))
    assert [row["seed"] for row in rows] == ["1", "2", "3"]
    assert (rows[0]["right"], rows[0]["images"], rows[0]["accuracy"]) == ("90", "100", "0.9")
    assert (rows[2]["right"], rows[2]["failure"]) == ("", "It fell apart.")
    table = json.loads(as_json(REPEAT, runs))
    assert len(table["runs"]) == 3 and len(table["runs"][0]["losses"]) == 7
    assert OWNER not in as_json(REPEAT, runs)
    swept = {config: over(config) for config in SWEEP.configs}
    rows = list(csv.DictReader(io.StringIO(as_csv(SWEEP, swept))))
    assert [(row["learning_rate"], row["training_images"]) for row in rows][:2] == [
        ("0.001", "100"),
        ("0.001", "all"),
    ]
