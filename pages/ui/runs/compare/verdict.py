"""Which network reads better, in words: all read the very same test images, one by one."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from core.charts.lessons.lines import LINES
from core.runs.comparison.verdict import Verdict, best_against_each
from core.runs.kept.store import RunSummary
from pages.ui.runs.actions import use
from pages.ui.runs.compare.exams import exams_of
from pages.ui.runs.compare.names import distinct_names, name_html
from pages.ui.state.networks import first_to_ask
from pages.ui.widgets.choosing.network_picker import in_use
from pages.ui.words.numbers import percent, unmarked

TINY = 1e-300  # a chance is never none, even where the computer's numbers end

STYLE = """<style>
.st-key-runs-verdict h2 { font-size: 2rem; line-height: 1.15; }
.both { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; font-size: 0.9rem;
  font-variant-numeric: tabular-nums; }
.both div { padding: 0.25rem 0.75rem 0.5rem; border-radius: 8px;
  border: var(--card-frame); overflow-wrap: anywhere; }
.both b { display: block; font-size: 2rem; line-height: 1.2; }
.both .won { outline: 3px solid currentColor; outline-offset: -2px; }
.st-key-runs-verdict small { display: block; line-height: 1.35; }
.both + small { margin-top: 0.5rem; }
.only { display: flex; gap: 2px; margin: 0.25rem 0 0.5rem; font-size: 0.9rem; color: #000; }
.only span { border-radius: 3px; min-width: max-content; padding: 0 0.5rem; }
.only :last-child { text-align: right; }
.verdicts { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
.verdicts :is(th, td) { padding: 0.1rem 1rem 0.1rem 0; text-align: left; font-weight: 400;
  vertical-align: top; overflow-wrap: anywhere; }
</style>"""


def show_verdict(runs: list[RunSummary]) -> None:
    """The best against each of the others; a sentence where that cannot be measured."""
    if (exams := exams_of(runs)) is None:
        return
    best, verdicts = best_against_each(exams.answers, exams.test.labels)
    names, images = distinct_names(runs), f"{len(exams.test):,} exam digits ({exams.label})"
    if len(runs) == 2:
        ((_, verdict),) = verdicts.items()
        scores = [percent(exam.total.accuracy) for exam in exams.each]
        st.html(STYLE + of_two_html(verdict, best, names, scores, images))
    else:
        against = {names[other]: verdict for other, verdict in verdicts.items()}
        st.html(STYLE + of_several_html(names[best], against, images))
    offer_to_use(runs[best], names[best], runs)


def offer_to_use(run: RunSummary, name: str, compared: Sequence[RunSummary]) -> None:
    """Which network is in use, whether it is one of them, and the way to this one."""
    key = first_to_ask().key
    other = "" if key in (each.id for each in compared) else " It is not ticked."
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{in_use()}{other}", width="content")
        st.button(
            f"Use {unmarked(name)}",
            icon=":material/arrow_forward:",
            on_click=use,
            args=(run.id,),
            key="use-best",
            disabled=key == run.id,
        )


def of_two_html(
    verdict: Verdict, best: int, names: Sequence[str], scores: Sequence[str], images: str
) -> str:
    """Who is better, by which scores and images, and how likely that is by chance alone.

    best: the place in `names` of the one that `verdict` names first. Both stand in their own order
    and colours, as in all that is shown of them.
    """
    counts = [verdict.only_first, verdict.only_second][:: -1 if best else 1]
    sure = verdict.better is not None
    title = f"{html.escape(names[best])} is better" if sure else "Too close to call"
    cards = "".join(
        f"<div{' class=won' * (sure and place == best)}><b>{html.escape(score)}</b>"
        f"{name_html(name, place)}</div>"
        for place, (score, name) in enumerate(zip(scores, names, strict=True))
    )
    bar = "".join(
        f'<span style="flex:{count};background:{colour}">{count:,}</span>'
        for count, (colour, _) in zip(counts, LINES, strict=False)
    )
    return (
        f'<h2 data-testid="verdict">{title}</h2><div class="both">{cards}</div>'
        f'<small>Exam digits that only one of them reads:</small><div class="only">{bar}</div>'
        f"<small>Of {html.escape(images)}. Were both equally good, chance would share them out so "
        f"unevenly in {chance_in_words(verdict)} of cases (<i>McNemar's test</i>).</small>"
    )


def chance_in_words(verdict: Verdict) -> str:
    """How likely so uneven a division is by chance alone, for HTML."""
    return html.escape(percent(max(TINY, verdict.chance)))


def of_several_html(best: str, against: dict[str, Verdict], images: str) -> str:
    """The one that reads the most, and how sure it is that it reads more than each other."""
    sure = sum(verdict.better is not None for verdict in against.values())
    best, images = html.escape(best), html.escape(images)
    title = {len(against): f"{best} is the best", 0: "Too close to call"}
    rows = "".join(_row(html.escape(name), verdict) for name, verdict in against.items())
    return (
        f'<h2 data-testid="verdict">{title.get(sure, f"{best} reads the most")}</h2>'
        f"<small>Of {images}. By chance: how often it would look so if both were equally good "
        "(<i>McNemar's test, Holm's correction</i>).</small>"
        f'<table class="verdicts"><tr><td></td><th>Only {best} reads</th>'
        f"<th>Only the other</th><th>By chance</th></tr>{rows}</table>"
    )


def _row(name: str, verdict: Verdict) -> str:
    said = "Too close to" if verdict.better is None else "Better than"
    cells = (
        f"{verdict.only_first:,}",
        f"{verdict.only_second:,}",
        chance_in_words(verdict),
    )
    return f"<tr><th>{said} {name}</th>{''.join(f'<td>{each}</td>' for each in cells)}</tr>"
