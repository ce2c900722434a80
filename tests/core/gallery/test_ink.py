"""The box around the ink, against a search pixel by pixel."""

import numpy as np

from core.gallery.ink import ink_box


def test_the_box_holds_all_ink_and_touches_it_on_every_side():
    chance = np.random.default_rng(0)
    for _ in range(50):
        image = np.zeros((28, 28), dtype=np.uint8)
        inked = chance.integers(0, 28, (chance.integers(1, 6), 2))
        image[tuple(inked.T)] = 200
        rows, columns = ink_box(image)
        assert (rows[0], rows[-1]) == (inked[:, 0].min(), inked[:, 0].max())
        assert (columns[0], columns[-1]) == (inked[:, 1].min(), inked[:, 1].max())


def test_an_empty_image_has_a_box_of_its_whole_size():
    assert ink_box(np.zeros((28, 28), dtype=np.uint8)) == (range(28), range(28))
