"""The strokes that ship: what is in the file, whole writers held back, files that are others."""

import time
from collections import Counter

import numpy as np
import pytest

from core.datasets.pens import collection as pens

WRITERS = {"pendigits": 30, "pencil": 5, "lipitk": 8}
DIGITS = {"pendigits": 7_494, "pencil": 473, "lipitk": 160}


@pytest.fixture(scope="module")
def shipped():
    return pens.load()


def test_all_collections_are_there_and_no_other(shipped):
    assert Counter(shipped.names[writer].split()[0] for writer in shipped.writers) == DIGITS
    assert set(pens.COLLECTIONS) == set(DIGITS)
    names = [name.split()[0] for name in shipped.names]
    assert {key: names.count(key) for key in WRITERS} == WRITERS


def test_shapes_and_ranges(shipped):
    assert shipped.points.dtype == np.uint8 and shipped.points.shape == (len(shipped.owners), 2)
    assert shipped.begins.dtype == bool and shipped.begins[0]
    assert shipped.labels.dtype == shipped.writers.dtype == np.int64
    assert set(shipped.labels) == set(range(10))
    assert set(shipped.writers) == set(range(43))
    begins = np.flatnonzero(np.diff(shipped.owners, prepend=-1))
    assert len(begins) == len(shipped) == 8_127
    assert shipped.begins[begins].all()
    assert (np.minimum.reduceat(shipped.points, begins) == 0).all()  # each fills its box
    assert (np.maximum.reduceat(shipped.points, begins).max(1) == pens.BOX).all()


def test_a_writer_writes_every_digit_about_as_often(shipped):
    """In the file of PenDigits they lie mixed; each of its writers still has 247 to 250."""
    table = np.zeros((43, 10), int)
    np.add.at(table, (shipped.writers, shipped.labels), 1)
    assert (table.sum(1)[:30] >= 247).all() and (table.sum(1)[:30] <= 250).all()
    assert (table[:30] >= 23).all() and (table[:30] <= 26).all()


def test_the_second_number_of_the_comment_is_the_writer(shipped):
    """How far digits lean depends on who wrote them, and not on where they lie in the file."""
    slant = np.array([lean(shipped, index) for index in range(7_494)])
    for label in range(10):
        slant[shipped.labels[:7_494] == label] -= slant[shipped.labels[:7_494] == label].mean()
    by_writer = explained(slant, shipped.writers[:7_494])
    by_place = explained(slant, np.arange(7_494) // 250)
    assert by_writer > 0.2 and by_place < 0.01


def lean(shipped, index):
    points = np.concatenate(shipped.strokes(index))
    x, y = (points - points.mean(0)).T
    return (x * y).sum() / (y * y).sum()


def explained(values, groups):
    """The share of the variance that lies between groups."""
    means = np.bincount(groups, values) / np.bincount(groups)
    return means[groups].var() / values.var()


def test_it_is_small_and_there_at_once(shipped):
    assert pens.FILE.stat().st_size < 600_000
    started = time.perf_counter()
    pens.load.__wrapped__()
    assert time.perf_counter() - started < 0.5  # 25 ms where nothing else runs
    assert pens.load() is shipped


def test_no_writer_is_on_both_sides(shipped):
    learned, held_back = pens.split(shipped)
    assert len(learned) + len(held_back) == len(shipped)
    assert not set(learned.writers) & set(held_back.writers)
    judges = [shipped.names[writer].split()[0] for writer in set(held_back.writers)]
    assert {key: judges.count(key) for key in WRITERS} == {"pendigits": 6, "pencil": 1, "lipitk": 2}
    assert set(held_back.labels) == set(range(10))
    assert "pencil s6" in {shipped.names[writer] for writer in held_back.writers}
    again = pens.split(shipped)[1]
    assert np.array_equal(again.points, held_back.points)


def test_a_part_has_the_strokes_of_the_whole(shipped):
    chosen = np.arange(len(shipped)) % 7 == 3
    part = shipped.only(chosen)
    assert len(part) == chosen.sum()
    for place in (0, 1, 500, len(part) - 1):
        index = np.flatnonzero(chosen)[place]
        assert part.labels[place] == shipped.labels[index]
        assert part.writers[place] == shipped.writers[index]
        for ours, theirs in zip(part.strokes(place), shipped.strokes(index), strict=True):
            assert np.array_equal(ours, theirs)
    assert len(shipped.only(np.zeros(len(shipped), bool))) == 0


def test_a_file_that_is_none_of_ours_is_refused(tmp_path):
    pickled, other = tmp_path / "pickled.npz", tmp_path / "other.npz"
    np.savez(pickled, steps=np.array([{}], dtype=object), stroke_points=np.ones(1, int))
    np.savez(other, steps=np.zeros((2, 3), np.uint8))
    torn = tmp_path / "torn.npz"
    torn.write_bytes(pens.FILE.read_bytes()[:200_000])
    for path in (tmp_path / "missing.npz", pickled, other, torn):
        with pytest.raises(ValueError, match=path.name):
            pens.load(path)


def test_every_collection_is_credited():
    said = pens.FILE.with_name("licences.txt").read_text(encoding="utf-8")
    for key, collection in pens.COLLECTIONS.items():
        assert f"\n{key}: " in said and collection.address in said
        assert collection.title and collection.credit and collection.licence
