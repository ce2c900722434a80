"""Making the file of strokes: against the collections themselves."""

import gzip
import json

import numpy as np
import pytest

from core.datasets.pens import collection as pens
from core.datasets.pens import make as make_pens
from tests.conftest import SHARED

with_sources = pytest.mark.skipif(
    not (SHARED / "pendigits").is_dir(), reason="the collections are not beside the project"
)

SAMPLE = """.LEXICON "0" "1"
.SEGMENT DIGIT    0 ? "7"
.COMMENT 7 12  224
.PEN_DOWN
 100  200
 150  200
 120  100
.PEN_UP
.DT 100
.PEN_DOWN
.PEN_UP
.PEN_DOWN
 110  150
 140  150
.PEN_UP
.DT 100
"""


@pytest.fixture
def packed(tmp_path):
    """What `load` makes of the file that `pack` makes of the digits."""

    def through_the_file(digits):
        path = tmp_path / "some.npz"
        path.write_bytes(make_pens.pack(digits))
        return pens.load(path)

    return through_the_file


def digit(label, writer, *strokes):
    return make_pens.Digit(label, writer, [np.array(stroke, float) for stroke in strokes])


def test_the_reader_of_pendigits(tmp_path):
    file = tmp_path / "sample.tra"
    file.write_text(SAMPLE)
    (seven,) = make_pens.read_pendigits(file)
    assert (seven.label, seven.writer) == (7, "pendigits 12")
    assert [stroke.tolist() for stroke in seven.strokes] == [
        [[100, -200], [150, -200], [120, -100]],  # y turned downward
        [[110, -150], [140, -150]],
    ]


@with_sources
def test_of_pendigits_every_point_is_read_and_the_label_is_that_of_its_segment():
    path = SHARED / "pendigits" / "pendigits-orig.tra"
    read, lines = list(make_pens.read_pendigits(path)), path.read_text("latin-1").splitlines()
    said = [line.split('"')[1] for line in lines if line.startswith(".SEGMENT")]
    assert [str(each.label) for each in read] == said
    points = [line.split() for line in lines if line.strip() and not line.startswith(".")]
    ours = np.concatenate([stroke for each in read for stroke in each.strokes])
    assert ours.tolist() == [[float(x), -float(y)] for x, y in points]


def test_what_is_packed_comes_back(packed):
    seven = digit(7, "here a", [(0, 0), (10, 0), (5, 20)], [(2, 10), (8, 10)])
    one = digit(1, "here b", [(-5, -100), (-5, 155)])
    back = packed([seven, one, seven])
    assert back.labels.tolist() == [7, 1, 7]
    assert [back.names[writer] for writer in back.writers] == ["here a", "here b", "here a"]
    for index in (0, 2):
        stem, bar = back.strokes(index)
        assert stem.tolist() == [[0, 0], [128, 0], [64, 255]]  # 12.75 units to one of the source
        assert bar.tolist() == [[26, 128], [102, 128]]
    assert [stroke.tolist() for stroke in back.strokes(1)] == [[[0, 0], [0, 255]]]


def test_the_same_digits_make_the_same_file():
    digits = [digit(3, "here a", [(0, 0), (1, 2), (3, 4)])]
    assert make_pens.pack(digits) == make_pens.pack(digits)


@with_sources
def test_the_shipped_file_is_what_the_command_makes(tmp_path, monkeypatch, capsys):
    made = tmp_path / "made.npz"
    monkeypatch.setattr(make_pens, "FILE", made)
    make_pens.main([str(SHARED)])
    assert "8,127 digits of 43 writers" in capsys.readouterr().out
    ours, theirs = pens.load(), pens.load(made)
    for name in ("points", "begins", "owners", "labels", "writers"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name)), name
    assert ours.names == theirs.names


@with_sources
def test_the_shipped_digits_are_those_of_the_collections():
    shipped, sources = pens.load(), make_pens.read_all(SHARED)
    assert shipped.labels.tolist() == [each.label for each in sources]
    points = [sum(map(len, each.strokes)) for each in sources]
    assert np.bincount(shipped.owners).tolist() == points
    for index in [*range(0, len(sources), 97), *range(7_490, 7_500), len(sources) - 1]:
        strokes = sources[index].strokes
        low = np.concatenate(strokes).min(0)
        scale = pens.BOX / (np.concatenate(strokes) - low).max()
        for ours, theirs in zip(shipped.strokes(index), strokes, strict=True):
            assert np.abs(ours - (theirs - low) * scale).max() <= 0.5 + 1e-9  # rounded, no more


@with_sources
def test_nothing_of_the_exam_is_in_it():
    """No digit of UJI, boxed as ours are, has the points of a shipped one."""
    shipped = pens.load()
    ends = np.flatnonzero(np.diff(shipped.owners)) + 1
    ours = {points.tobytes() for points in np.split(shipped.points, ends)}
    exam = json.loads(gzip.decompress((SHARED / "pens/uji.json.gz").read_bytes()))["digits"]
    for each in exam:
        boxed = make_pens.boxed([np.array(stroke, float) for stroke in each["strokes"]])
        assert boxed.tobytes() not in ours
