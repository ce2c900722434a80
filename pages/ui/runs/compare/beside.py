"""How several networks read the same digit, side by side: of each its answer and ten bars."""

from __future__ import annotations

import html
from collections.abc import Sequence

from pages.ui.runs.compare.names import name_html
from pages.ui.widgets.digits.reading import STYLE as READING
from pages.ui.widgets.digits.reading import bars_html, best_of
from pages.ui.words.numbers import sureness

STYLE = f"""{READING}<style>
.beside {{ display: grid; gap: 1rem 1.5rem;
  grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); }}
.beside > div {{ max-width: 22rem; }}
.beside .bars {{ min-width: 0; }}
.beside .head {{ display: flex; gap: 0.75rem; align-items: center; min-height: 3.5rem; }}
.beside .head b {{ font-size: 2.75rem; line-height: 1; }}
.beside .head span {{ overflow-wrap: anywhere; font-size: 0.9rem; line-height: 1.3; }}
</style>"""


def beside_html(names: Sequence[str], shares: Sequence[Sequence[float]]) -> str:
    """names and the ten probabilities of each network, in the order of the comparison."""
    cards = "".join(
        _card(name_html(name, place) if len(names) > 1 else html.escape(name), each)
        for place, (name, each) in enumerate(zip(names, shares, strict=True))
    )
    return f'{STYLE}<div class="beside" role="status">{cards}</div>'


def _card(name: str, shares: Sequence[float]) -> str:
    answer = best_of(shares)
    sure = html.escape(sureness(shares[answer]))
    return (
        f'<div><div class="head"><b data-testid="answer">{answer}</b>'
        f"<span>{name}<br>{sure} sure</span></div>"
        f'<div class="reading">{bars_html(shares)}</div></div>'
    )
