"""What to call runs that are compared: no two alike, harmless in HTML and in a chart."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from core.charts.lessons.lines import LINES
from core.runs.kept.store import RunSummary

RACE = re.compile(r" \(race (\d+)\)$")  # behind the names of both that a race made
LINE_LENGTH = 11  # letters of a name that have room beside a curve


def distinct_names(runs: Sequence[RunSummary]) -> list[str]:
    """What to call each: two may have the same name."""
    often, seen, names = Counter(run.name for run in runs), Counter(), []
    for run in runs:
        seen[run.name] += 1
        names.append(f"{run.name} ({seen[run.name]})" if often[run.name] > 1 else run.name)
    return names


def without_race(name: str) -> str:
    """The name of what was raced."""
    return RACE.sub("", name)


def next_race(names: Iterable[str]) -> int:
    """The number of a race that would begin now, among runs of these names; from 1."""
    return 1 + max((int(found[1]) for name in names if (found := RACE.search(name))), default=0)


def name_html(name: str, place: int) -> str:
    """A name with the colour of its curve; place: of the run among those compared."""
    colour = LINES[place % len(LINES)][0]
    return f'<span style="color:{colour}" aria-hidden="true">&#9632;</span> {html.escape(name)}'


def name_on_chart(name: str, place: int) -> str:
    """Three short lines at most, harmless in Plotly, which reads a little HTML.

    place: of the run among those compared; no two names are the same.
    """
    spoken = without_race(name)
    parts = (*spoken.partition(" ")[::2], name[len(spoken) :].strip())
    lines = [html.escape(shortened(each)) for each in parts if each]
    return "<br>".join(lines) + "\u200b" * place


def shortened(words: str) -> str:
    """Cut where there is no more room."""
    return words if len(words) <= LINE_LENGTH else f"{words[: LINE_LENGTH - 1]}…"
