"""The map by neighbours: clouds stay together; as work of a task it waits, is stopped and told."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from core.background import Queue, Refused, Task
from core.explain import tsne
from core.explain.embedding import fit_plane
from core.explain.tsne import EARLY, EVERY, LATER, neighbour_map
from tests.waiting import nobody_is_in


def clouds(count: int = 30) -> np.ndarray:
    """Three clouds far apart, float32 (3 * count, 8)."""
    chance = np.random.default_rng(0)
    middles = np.repeat(np.eye(3, 8) * 40, count, axis=0)
    return (middles + chance.normal(size=middles.shape)).astype(np.float32)


def arranged(points: np.ndarray, on_places=lambda share, places: None) -> tsne.NeighbourMap:
    return neighbour_map(points, fit_plane(points).place(points), on_places)


def started(points: np.ndarray, queue: Queue) -> Task:
    return Task(lambda task: arranged(points, task.tell), queue).start()


def test_neighbours_stay_together_and_a_new_point_joins_its_own():
    points = clouds()
    found = arranged(points)
    places = found.places.copy()
    assert places.shape == (90, 2)
    assert places.dtype == np.float32
    middles = places.reshape(3, 30, 2).mean(axis=1)
    away = np.linalg.norm(places[:, None] - middles, axis=2)  # (90, 3)
    assert away.argmin(axis=1).tolist() == [0] * 30 + [1] * 30 + [2] * 30
    new = found.place(points[40] + 0.1)
    assert np.linalg.norm(new - middles, axis=1).argmin() == 1
    np.testing.assert_array_equal(found.places, places)
    np.testing.assert_array_equal(found.place(points[40] + 0.1), new)


def test_the_same_points_give_the_same_map():
    first, second = arranged(clouds(10)), arranged(clouds(10))
    np.testing.assert_array_equal(first.places, second.places)


@pytest.mark.parametrize("points", [clouds(2), clouds()[:, :1], np.repeat(clouds(5), 4, axis=0)])
def test_few_points_lines_and_copies_make_a_map(points):
    found = arranged(points)
    assert np.isfinite(found.places).all()
    assert found.places.std(axis=0).all()


def test_progress_rises_to_the_end_and_the_places_on_the_way_are_told():
    heard = []
    arranged(clouds(10), lambda share, places: heard.append((share, places)))
    shares = [share for share, _ in heard]
    assert shares == sorted(set(shares))
    assert (shares[0], shares[-1]) == (0, 1)
    assert len(shares) == 1 + (EARLY + LATER) / EVERY
    assert heard[0][1] is None
    assert all(places.shape == (30, 2) for _, places in heard[1:])
    assert not np.array_equal(heard[1][1], heard[-1][1])


def test_stop_ends_it_at_once_and_keeps_what_there_is():
    looks, fifth, go_on = [], threading.Event(), threading.Event()

    def work(task: Task) -> tsne.NeighbourMap:
        def tell(share: float, places: np.ndarray | None) -> None:
            looks.append(share)
            if len(looks) == 5:
                fifth.set()
                go_on.wait(60)
            task.tell(share, places)

        return arranged(clouds(10), tell)

    task = Task(work, Queue(1)).start()
    assert fifth.wait(60)
    assert 0 < task.share < 1
    assert not task.over
    task.stop()
    go_on.set()
    assert task.wait(60)
    assert len(looks) == 5
    assert task.stopped
    assert not task.done
    assert task.error is None
    assert task.partial.shape == (30, 2)


def test_a_second_map_waits_for_its_turn_and_can_be_stopped_meanwhile():
    queue, other = Queue(1), object()  # another visitor's
    queue.enter(other)
    stopped = started(clouds(5), queue)
    while not stopped.place_in_line:
        assert not stopped.over
    assert stopped.partial is None
    stopped.stop()
    assert stopped.wait(10)
    assert stopped.stopped
    waiting = started(clouds(5), queue)
    queue.leave(other)
    assert waiting.wait(120)
    assert waiting.done
    assert not waiting.place_in_line
    assert waiting.result().places.shape == (15, 2)


def test_a_failure_is_told_and_gives_the_turn_back(monkeypatch):
    class Broken:
        def __init__(self, **settings):
            raise RuntimeError("broken")

    monkeypatch.setattr("openTSNE.TSNE", Broken)
    queue = Queue(1)
    task = started(clouds(5), queue)
    assert task.wait(60)
    assert str(task.error) == "broken"
    assert not task.done
    assert task.partial is None
    assert nobody_is_in(queue)


@pytest.mark.parametrize("value", [1, 0.1])  # the mean of many 0.1 is not quite 0.1
def test_numbers_that_never_differ_make_no_map(value):
    points = np.full((20, 4), value, dtype=np.float32)
    with pytest.raises(Refused, match="same numbers"):
        arranged(points)
    task = started(points, Queue(1))
    assert task.wait(60)
    assert isinstance(task.error, Refused)
    noise = points + np.random.default_rng(0).normal(size=points.shape) * 1e-7
    with pytest.raises(Refused, match="same numbers"):
        neighbour_map(noise, np.zeros((20, 2)))


def test_a_point_too_far_from_everything_has_no_place(monkeypatch):
    found = arranged(clouds(5))
    monkeypatch.setattr(
        type(found._embedding), "transform", lambda self, point, n_iter: np.full((1, 2), np.nan)
    )
    assert found.place(clouds(5)[0]) is None


def test_opentsne_is_loaded_only_when_asked_for():
    assert not hasattr(tsne, "openTSNE")
    assert not hasattr(tsne, "TSNE")
