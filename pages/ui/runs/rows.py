"""The rows of the list: what a run is called, what it was, how it scored on a scale for all. Over
them stands what to search for: a text field of Streamlit's would cost fifteen files in the browser.

How they are drawn is in pages/ui/frontend/run_rows.js, where all words are set as plain text.
"""

from __future__ import annotations

from typing import Any

from core.charts.runs.layers import layers_svg
from core.charts.score import dot_on_scale, scale_start
from core.config import CHANNELS, CLASSES, IMAGE_SIDE, TrainingConfig
from core.runs.kept.store import RunSummary
from pages.ui.frontend.components import component
from pages.ui.runs.listing import is_going, is_mine
from pages.ui.state.networks import first_to_ask
from pages.ui.state.visit import visit, widget_value
from pages.ui.words.numbers import duration, percent
from pages.ui.words.settings import differences_in_words, network_in_words

KEY = "runs-rows"
MOST = 6  # compared at once
LONGEST_SEARCH = 200  # letters
HTML = """<input type="search" placeholder="Search" aria-label="Search">
<div class="ends"><small>Compare</small><span></span></div><ul class="rows"></ul>"""

_rows = component("run_rows", HTML)


def show_rows(runs: list[RunSummary], chosen: list[str], everything: list[RunSummary]) -> None:
    """The rows; a name that is clicked is chosen alone, a box that is ticked beside the others.
    What is typed over them is searched for.

    everything: all runs there are, shown now or not: their scores lie on one scale.
    """
    known = {run.id for run in runs}

    def hear(event: str) -> None:
        run_id = widget_value(KEY)[event]
        if isinstance(run_id, str) and run_id in known:
            choose(run_id, chosen if event == "ticked" else None)

    def search() -> None:
        words = widget_value(KEY)["searched"]
        visit().looked_at.words = words[:LONGEST_SEARCH] if isinstance(words, str) else ""

    start, in_use = scale_of(everything), first_to_ask().key
    _rows(
        key=KEY,
        data={
            "rows": [
                row_of(run, start) | {"chosen": run.id in chosen, "inUse": run.id == in_use}
                for run in runs
            ],
            "room": len(everything),
            "words": visit().looked_at.words,
            "ends": [f"{start}\u202f%", "100\u202f%"],
        },
        on_ticked_change=lambda: hear("ticked"),
        on_opened_change=lambda: hear("opened"),
        on_searched_change=search,
    )


def choose(run_id: str, beside: list[str] | None = None) -> None:
    """Look at this run alone; with `beside`, the ids chosen before, it joins them or leaves."""
    here = visit().looked_at
    if beside is None:
        here.chosen = [run_id]
    elif run_id in beside:
        here.chosen = [each for each in beside if each != run_id]
    elif len(beside) >= MOST:
        here.chosen = beside
        here.problem = f"At most {MOST} runs can be compared at once. Untick one of them first."
    else:
        here.chosen = [*beside, run_id]


def scale_of(runs: list[RunSummary]) -> int:
    """Where the one scale of all scores begins, in per cent."""
    return scale_start(min((run.test.interval[0] for run in runs if run.test), default=0.9))


def row_of(run: RunSummary, start: int) -> dict[str, Any]:
    """What the browser is given of a run; start: of the scale, in per cent."""
    test = run.test
    return {
        "id": run.id,
        "name": run.name,
        "pinned": run.label.pinned,
        "network": network_in_words(run.config),
        "layers": layers_of(run.config),
        "differs": differences_in_words(run.config),
        "begun": run.origin.begun,
        "time": "" if run.is_network_alone else duration(run.seconds),
        "score": percent(test.accuracy) if test else "",
        "drawn": dot_on_scale(test.accuracy, *test.interval, start) if test else "",
        "state": state_in_words(run),
    }


def layers_of(config: TrainingConfig) -> str:
    """The small picture of its network."""
    filters = CHANNELS if config.architecture == "conv" else ()
    return layers_svg((IMAGE_SIDE**2, *config.hidden_sizes, CLASSES), filters)


def state_in_words(run: RunSummary) -> str:
    """Whether it is over, and whose it is; nothing for one's own that came to its end."""
    share = percent(run.iterations / run.total_iterations, 0) if run.total_iterations else ""
    if is_going(run.id):
        state = f"training: {share}" if share else "getting ready"
    elif run.is_network_alone:
        state = "only the network"
    else:
        state = "" if run.complete else f"cut off at {share}"
    return " · ".join(part for part in (state, "" if is_mine(run) else "by a link") if part)
