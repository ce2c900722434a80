"""The result card: its words say what was measured, and nothing in it is taken for HTML."""

from __future__ import annotations

from core.networks.card import Score
from pages.ui.widgets.result_card import Lead, picture_html, result_html


def test_the_card_says_score_number_and_interval():
    card = result_html(Score(9_590, 10_000, 0.1), "The MNIST test set", "new digits")
    words = card.replace("\u202f", " ")
    assert ">95.9 %<" in words
    assert "<b>9,590 of 10,000</b> new digits" in words
    assert "95.5 % to\n          96.3 %" in words
    assert "<span>from 90 %</span><span>to 100 %</span>" in words


def test_beside_other_scores_the_band_lies_on_their_scale_and_has_room():
    for start, begins in {None: 90, 50: 50, 95: 90}.items():
        card = result_html(Score(9_590, 10_000, 0.1), "x", "y", start)
        assert f"<span>from {begins} %</span>" in card


def test_a_perfect_score_keeps_its_interval():
    card = result_html(Score(20, 20, 0.1), "x", "y").replace("\u202f", " ")
    assert ">100.0 %<" in card
    assert "83.9 % to\n          100.0 %" in card


def test_what_is_handed_over_is_no_html():
    card = result_html(Score(20, 20, 0.1), "<b>on</b>", "<i>of</i>")
    assert "&lt;b&gt;on" in card
    assert "&lt;i&gt;of" in card
    lead = Lead("exam", None, 'a "seen"', lambda: None, "<u>")
    assert picture_html(lead) == (
        '<div class="picture" role="img" aria-label="a &quot;seen&quot;">'
        "<span>&lt;u&gt;</span></div>"
    )
