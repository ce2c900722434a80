"""The one card that says how well a network reads, and picture cards that lead on from it.

It shows an exam that somebody held; it measures nothing.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import numpy as np
import streamlit as st

from core.charts.score import hundred_dots, interval_band, open_ring, scale_start
from pages.ui.widgets.choosing.dataset_picker import within_a_sentence
from pages.ui.widgets.digits.pictures import picture
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from core.evaluation import Graded

UNSEEN = "digits that it had never seen"
BUILT_IN = "9 people wrote them. The practice digits are also slanted and stretched: harder."

TO_COME = """<figure><hr><div class="ends"><span>from 0 %</span><span>to 100 %</span></div>
<figcaption>On others of this kind: ? (<i>confidence interval</i>)</figcaption></figure>"""

CARD = """<style>
.result-card { display: grid; grid-template-columns: minmax(9.5rem, 1fr) 7.5rem; gap: 0 1rem;
  max-width: 24rem; align-items: center; padding: 0.75rem 1rem; border-radius: 8px;
  border: var(--card-frame); }
.result-card .score { font-size: 3.4rem; font-weight: 700; line-height: 1.1;
  font-variant-numeric: tabular-nums; white-space: nowrap; }
.result-card p { margin: 0; line-height: 1.35; }
.result-card .drawn { background: currentColor; mask: var(--drawn) center / contain no-repeat; }
.result-card .dots { aspect-ratio: 1; }
.coming .dots { opacity: 0.5; mask: var(--drawn) 0 0 / 10% 10%; }
.result-card .band { aspect-ratio: 12; }
.result-card hr { margin: 0.6rem 0; height: 2px; opacity: 0.35; border: 0;
  background: currentColor; }
.result-card .ends { display: flex; justify-content: space-between; font-size: 0.75rem;
  opacity: 0.85; line-height: 1.2; }
.result-card figure { margin: 0.5rem 0 0 0; grid-column: 1 / -1; }
.result-card small, .result-card figcaption { font-size: 0.85rem; opacity: 0.85;
  line-height: 1.35; }
.result-card small { display: block; }
</style>"""

LEADS = """<style>
.st-key-leads { display: grid; gap: 0.75rem; grid-template-columns: repeat(3, minmax(0, 1fr));
  max-width: 32rem; }
.st-key-leads .picture { aspect-ratio: 4 / 3; border-radius: 8px; overflow: hidden;
  position: relative; background: #000; color: #FFF;
  box-shadow: var(--tile-frame); }
.st-key-leads img { width: 100%; height: 100%; display: block; object-fit: contain;
  image-rendering: pixelated; }
.st-key-leads .picture span { position: absolute; left: 0; bottom: 0; padding: 0 0.4rem;
  font-size: 0.85rem; background: #000; border-radius: 0 6px 0 0; }
.st-key-leads a { min-height: 40px; }
</style>"""


def show_result(result: Graded, on: str, of: str = UNSEEN, start: int | None = None) -> None:
    """The score in large numerals, as a hundred dots, and its interval as a band.

    on: where the digits are from; of: what they are, after their number. start: where the scale of
    other scores beside it begins, in per cent, so that they can be compared.
    """
    st.html(CARD + result_html(result, on, of, start))


def where_from(dataset: str) -> str:
    """Where the digits of a run's exam are from, and why it may do better there than on the way."""
    if dataset == "generated":
        return BUILT_IN
    return f"From {within_a_sentence(dataset)}, kept aside until then"


def result_html(result: Graded, on: str, of: str, start: int | None = None) -> str:
    """The card; its words say all that its pictures show."""
    low, high = result.interval
    room = scale_start(low)
    start = room if start is None else min(start, room)
    band = f"""<figure>{drawn(interval_band(result.accuracy, low, high, start), "band")}
        <div class="ends"><span>from {start} %</span><span>to 100 %</span></div>
        <figcaption>On others of this kind: {html.escape(percent(low))} to
          {html.escape(percent(high))} (<i>confidence interval</i>)</figcaption></figure>"""
    said = f"<b>{result.correct:,} of {result.images:,}</b> {html.escape(of)}"
    dots = drawn(hundred_dots(result.accuracy), "dots")
    score = f'<div class="score" data-testid="score">{html.escape(percent(result.accuracy))}</div>'
    return _card(score, said, html.escape(on), dots + band)


def coming_html() -> str:
    """The card before the exam. It is small, for every look at a run has it."""
    card = _card(
        '<div class="score">?</div>',
        f"of {UNSEEN}",
        "It comes at the end",
        drawn(open_ring(), "dots") + TO_COME,
    )
    return f'<div class="coming">{card}</div>'


def _card(score: str, said: str, on: str, pictures: str) -> str:
    return f"""<div class="result-card">
      <div>
        <small>Exam result (<i>test accuracy</i>)</small>
        {score}
        <p>{said}</p>
        <small>{on}</small>
      </div>
      {pictures}</div>"""


def drawn(svg: str, kind: str) -> str:
    """A drawing in the colour of the text around it; a page's own HTML may hold no SVG."""
    return f'<div class="drawn {kind}" style="--drawn:url(data:image/svg+xml,{quote(svg)})"></div>'


@dataclass(frozen=True)
class Lead:
    """A picture card. name: a word for it; image: as `digits.pictures.picture` takes it, None
    where there is none; seen: what is on it, in words; link: shows the link under the picture;
    caption: a few words on the picture itself.
    """

    name: str
    image: np.ndarray | None
    seen: str
    link: Callable[[], None]
    caption: str = ""


def show_leads(leads: Sequence[Lead]) -> None:
    """Cards side by side, each of which is as a whole the link."""
    st.html(LEADS)
    with st.container(key="leads"):
        for lead in leads:
            with st.container(key=f"lead-{lead.name}", gap="xxsmall"):
                st.html(picture_html(lead))
                lead.link()


def picture_html(lead: Lead) -> str:
    """Its picture on a dark tile, which is as large without one."""
    shown = "" if lead.image is None else f'<img alt="" src="{picture(lead.image)}">'
    said = f"<span>{html.escape(lead.caption)}</span>" if lead.caption else ""
    label = html.escape(lead.seen)
    return f'<div class="picture" role="img" aria-label="{label}">{shown}{said}</div>'
