"""A network's answers before and after something was done to it: ten rows of two bars."""

from __future__ import annotations

import html

from core.explain.passage import Passage
from pages.ui.words.numbers import sureness

STYLE = """<style>
.two { display: grid; grid-template-columns: 1rem 1fr 3.7rem 1fr 3.7rem; gap: 0 0.5rem;
  align-items: center; font-variant-numeric: tabular-nums; font-size: 0.9rem; line-height: 1.35; }
.two .track { background: rgba(128, 128, 128, 0.18); border-radius: 3px; height: 0.75rem; }
.two .bar { background: #56B4E9; border-radius: 3px; height: 100%; min-width: 1px; }
.two .best .bar, .two .best.bar { background: #E69F00; }
.two .best { font-weight: 700; }
.two .head { grid-column: span 2; }
</style>"""


def answers_html(whole: Passage, now: Passage, changed: bool) -> str:
    """Ten rows of two bars: with all units on, and with some off."""
    first, second = ("all on", "some off") if changed else ("", "")
    rows = "".join(
        f'<b class="digit">{digit}</b>'
        + bar(whole, digit)
        + (bar(now, digit) if changed else '<i class="head"></i>')
        for digit in range(len(whole.probabilities))
    )
    heads = f'<span></span><span class="head">{first}</span><span class="head">{second}</span>'
    return f'{STYLE}<div class="two" role="status">{heads}{rows}</div>'


def bar(passage: Passage, digit: int) -> str:
    """The probability of a digit, marked if it is the answer."""
    share = float(passage.probabilities[digit])
    mark = " best" if digit == passage.answer else ""
    return (
        f'<div class="track"><div class="bar{mark}" style="width:{100 * share:.1f}%"></div></div>'
        f'<span class="share{mark}">{html.escape(sureness(share))}</span>'
    )
