"""How common each style of the built-in handwriting is said to be, against what is drawn."""

import pytest

from core.config import CLASSES
from core.datasets.styles import STYLES, style_shares, styles_of
from core.datasets.synthetic import generate


def test_the_shares_of_styles_are_those_in_which_they_are_drawn():
    shares = style_shares()
    for digit in range(CLASSES):
        mine = styles_of(digit)
        assert {style.digit for style in mine} == {digit}
        assert sum(shares[style.name] for style in mine) == pytest.approx(1)
    assert sum(len(styles_of(digit)) for digit in range(CLASSES)) == len(STYLES)
    _, labels, styles = generate(10_000, seed=1)
    for index, name in enumerate(STYLES):
        drawn = (styles[labels == STYLES[name].digit] == index).float().mean()
        assert drawn == pytest.approx(shares[name], abs=0.05)
