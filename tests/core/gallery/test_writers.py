"""Who wrote the built-in handwriting, and one digit written anew."""

from __future__ import annotations

import numpy as np

from core.datasets.generated import writer_names
from core.datasets.pens.collection import load
from core.gallery.writers import as_written, described, held_back, some_of, written_anew


def test_every_writer_is_described_in_words():
    said = [described(name) for name in writer_names()]
    assert len(set(said)) == len(said)
    assert sum(words.startswith("written by person") for words in said) == 43
    assert "drawn by this program, as “1 with flag”" in said


def test_nine_writers_are_kept_for_the_exam():
    assert len(held_back(load())) == 9
    assert held_back(load()) <= set(load().names)


def test_a_few_of_each_digit_of_one_writer():
    pens = load()
    for writer in ("pendigits 12", "pencil s1" if "pencil s1" in pens.names else pens.names[-1]):
        places = some_of(pens, writer, each=2)
        assert {pens.names[each] for each in pens.writers[places]} == {writer}
        labels = pens.labels[places].tolist()
        assert labels == sorted(labels) and max(map(labels.count, labels)) <= 2


def test_written_anew_it_differs_and_stays_about_the_same():
    pens = load()
    (place, *_) = some_of(pens, "pendigits 12")
    (original,) = as_written(pens, np.array([place])).float()
    anew = written_anew(pens, place, 10).float()
    assert len({image.numpy().tobytes() for image in anew}) == 10
    alike = [np.corrcoef(original.flatten(), each.flatten())[0, 1] for each in anew]
    assert np.mean(alike) > 0.3
