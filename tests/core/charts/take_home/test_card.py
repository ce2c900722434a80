"""The card to take home: its size, and that each part shows what it was given, where it belongs."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from core.charts.take_home.card import (
    BARS,
    CODE,
    CURVE,
    DRAWN,
    HEIGHT,
    NAME,
    SEEN,
    WIDTH,
    HomeCard,
    card_png,
)
from core.charts.take_home.painting import TILE, Box, drawable, fitted, font_of
from core.charts.take_home.printed import printed_card

DARK = np.zeros((140, 140), dtype=np.float32)
CORNERS = np.indices((29, 29)).sum(0) % 2 == 0
SHARES = (0.0, 0.5, 0.0, 0.0, 0.0, 0.25, 0.0, 0.25, 0.0, 0.0)
CARD = HomeCard(
    drawn=DARK,
    whose="Your digit",
    seen=np.eye(28),
    answer="1",
    sure="50.0 % sure",
    shares=SHARES,
    percents=[f"{100 * share:.1f} %" for share in SHARES],
    network="Quiet Otter",
    score="97.8 % of 10,000 test images right",
    losses=np.linspace(2, 0, 500, dtype=np.float32),
    link="https://digits.example/predict?run=abcdef",
    code=CORNERS.tolist(),
)


def painted(card: HomeCard) -> np.ndarray:
    """uint8 (630, 1200), how bright the picture is."""
    picture = Image.open(io.BytesIO(card_png(card)))
    assert picture.format == "PNG"
    assert picture.size == (WIDTH, HEIGHT) == (1200, 630)
    return np.asarray(picture.convert("L"))


@pytest.fixture(scope="module")
def picture() -> np.ndarray:
    return painted(CARD)


def part(picture: np.ndarray, box: Box) -> np.ndarray:
    return picture[round(box.top) : round(box.bottom), round(box.left) : round(box.right)]


def changed(picture: np.ndarray, **changes) -> np.ndarray:
    """Where the card is another one: rows and columns, from and to."""
    places = np.argwhere(picture != painted(replace(CARD, **changes)))
    return np.concatenate([places.min(0), places.max(0)])


def test_the_digit_is_white_ink_on_a_dark_tile(picture):
    tile = part(picture, DRAWN)
    assert tile[4:-4, 4:-4].max() == TILE[0]
    drawn = part(painted(replace(CARD, drawn=np.ones((140, 140)))), DRAWN)
    assert drawn[140, 140] == 255
    assert drawn[4:-4, 4].max() == TILE[0]  # it does not touch the edge


def test_what_it_saw_is_shown_square_by_square(picture):
    tile, side = part(picture, SEEN), round(SEEN.width) // 28
    middles = tile[side // 2 :: side, side // 2 :: side]
    assert np.array_equal(middles > 128, np.eye(28, dtype=bool))


def test_the_bars_are_as_long_as_the_shares(picture):
    row = BARS.height / 10
    for digit, share in enumerate(SHARES):
        line = picture[round(BARS.top + (digit + 0.5) * row), round(BARS.left) + 28 :][:188]
        assert np.sum(line < 200) == pytest.approx(share * (BARS.width - 132), abs=2)


def test_the_code_is_whole_and_a_card_without_a_link_has_none(picture):
    side = round(CODE.width) // 29
    code = part(picture, CODE)[side // 2 :: side, side // 2 :: side][:29, :29]
    assert np.array_equal(code < 128, CORNERS)
    assert part(painted(replace(CARD, link="", code=())), CODE).min() == 255


def test_the_curve_falls_as_the_losses_do_and_without_losses_there_is_none(picture):
    columns = part(picture, CURVE)[:-3, 4:] < 100
    heights = columns.argmax(0)[columns.any(0)]
    assert len(heights) > 0.9 * CURVE.width
    assert (np.diff(heights.astype(int)) >= 0).all()
    for losses in (None, np.full(9, np.nan, dtype=np.float32), np.empty(0, dtype=np.float32)):
        assert part(painted(replace(CARD, losses=losses)), CURVE).min() == 255


def test_a_name_stays_in_its_place_however_long(picture):
    top, left, bottom, right = changed(picture, network="W" * 40)
    assert (top >= NAME.top, left >= NAME.left, bottom < NAME.bottom, right < NAME.right) == (
        (True,) * 4
    )


def test_letters_that_the_font_lacks_lose_their_accents_or_are_left_out():
    assert drawable("Frau Müller, 97\u202f% of 28 × 28 日本") == "Frau Muller, 97 % of 28 x 28 "
    assert fitted("short", 40, 400) == ("short", 40)
    text, size = fitted("W" * 60, 40, 300)
    assert text.endswith("W…")
    assert font_of(size).getlength(text) <= 300


def test_the_page_that_prints_has_the_same_picture_and_shows_every_text_as_text():
    nasty = '"><script>x</script>'
    card = replace(CARD, network=nasty, link=f"https://a.example/{nasty}")
    page = printed_card(card).decode()
    assert "<script" not in page
    picture = re.search(r"data:image/png;base64,([^\"]+)", page).group(1)
    assert base64.b64decode(picture) == card_png(card)
    assert "read as 1 by &quot;&gt;&lt;script&gt;" in page
    assert "Go on:" not in printed_card(replace(CARD, link="")).decode()
