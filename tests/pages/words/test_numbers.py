"""Shares, times and sentences, as people say them."""

import pytest

from pages.ui.words.numbers import (
    JOINER,
    SPACE,
    article,
    counted,
    duration,
    percent,
    sentence,
    sureness,
    unmarked,
)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0.0 %"),
        (0.0001, "< 0.1 %"),
        (0.0006, "0.1 %"),
        (0.5, "50.0 %"),
        (0.9593, "95.9 %"),
        (0.9994, "99.9 %"),
        (0.9999, "> 99.9 %"),
        (1, "100.0 %"),
    ],
)
def test_a_share_is_said_in_per_cent_and_never_claims_certainty(share, said):
    assert percent(share).replace(SPACE, " ") == said


def test_a_network_is_never_said_to_be_sure_beyond_doubt():
    assert sureness(1.0) == percent(0.9999) == f"> 99.9{SPACE}%"
    assert sureness(0.5) == percent(0.5)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "about 1 second"),
        (40, "about 40 seconds"),
        (100, "about 2 minutes"),
        (170, "about 3 minutes"),
        (7_000, "about 2 hours"),
    ],
)
def test_time_is_told_in_words(seconds, said):
    assert duration(seconds) == said


def test_things_are_counted_in_words():
    assert [counted(number, "image") for number in (0, 1, 2_000)] == [
        *("0 images", "1 image", "2,000 images")
    ]
    assert [counted(2, noun) for noun in ("batch", "epoch")] == ["2 batches", "2 epochs"]


def test_text_from_a_link_makes_no_picture_and_no_link():
    shown = unmarked("![x](http://a.b/c.png) <b>")
    assert shown == rf"\!\[x\]\(http:{JOINER}//a.b/c.png\) \<b\>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see www.a.b or me@a.b", f"see www{JOINER}.a.b or me{JOINER}@a.b"),
        ("HTTPS://A.B WWW.A.B", f"HTTPS:{JOINER}//A.B WWW{JOINER}.A.B"),
        (":material/home: :smile:", f":{JOINER}material/home: :{JOINER}smile:"),
        (":red[x]", rf":{JOINER}red\[x\]"),
        ("_a_ __b__ snake_case", r"\_a\_ \_\_b\_\_ snake_case"),
        ("1. one", f"{JOINER}1. one"),
        ("+ one = 1", r"\+ one = 1"),
        ("1 + 1 = 2 {x} ^y^", "1 + 1 = 2 {x} ^y^"),
        ("- one\n\n# two\n    three", r"\- one \# two three"),
        ("&lt; ~~s~~", r"\&lt; \~\~s\~\~"),
        ("at 12:30, 97\u202f% of 1,000: done", f"at 12:{JOINER}30, 97\u202f% of 1,000: done"),
    ],
)
def test_whatever_text_looks_like_it_is_shown_as_it_is(text, shown):
    assert unmarked(text) == shown


def test_a_phrase_becomes_a_sentence_and_keeps_its_names():
    assert sentence("digits of MNIST; needs no download") == "Digits of MNIST; needs no download."
    assert sentence("70,000 digits") == "70,000 digits."


def test_an_eight_has_the_article_of_its_sound():
    assert [digit for digit in range(10) if article(digit) == "an"] == [8]
    assert article(3) == "a"
