"""The table of an image's numbers: all are there, and what a phone leaves out is marked."""

import numpy as np

from pages.ui.widgets.digits.pixel_numbers import numbers_html


def test_the_empty_edge_of_the_numbers_is_marked():
    image = np.zeros((28, 28), dtype=np.uint8)
    image[5:20, 10:12] = 200
    table = numbers_html(image)
    assert table.count('<tr class="edge">') == 28 - 15
    assert table.count('<td class="edge"') == 28 * (28 - 2)
    assert table.count("200</td>") == 30
    assert numbers_html(np.zeros((28, 28), dtype=np.uint8)).count("edge") == 0
