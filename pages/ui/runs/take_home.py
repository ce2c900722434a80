"""What of a run can be taken home, and in which form. Nothing is made before its button is pressed.

The files themselves are made in core/runs/taken_home and core/charts; a network in one page and the
card are offered elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from core.charts.printed import confusion_picture, loss_picture
from core.config import TrainingConfig
from core.runs.kept.files import history, weights
from core.runs.kept.run import Label, Run
from core.runs.kept.store import RunSummary
from core.runs.taken_home.archive import PARTS, packed
from core.runs.taken_home.notebook import notebook
from core.runs.taken_home.script import DIGITS_FILE, script
from core.runs.taken_home.settings_file import settings_file
from core.runs.taken_home.weights import as_onnx, as_state_dict
from pages.ui.runs.in_one_file import offer_in_one_file
from pages.ui.runs.listing import is_mine
from pages.ui.runs.report_files import digits_of, report
from pages.ui.state import server
from pages.ui.words.glossary import tip

STYLE = """<style>
.st-key-take-home { display: grid; gap: 1.5rem 2rem;
  grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); }
.st-key-take-home > * { width: auto; min-width: 0; }
.st-key-take-home p { margin: 0; padding: 0; overflow-wrap: anywhere; }
</style>"""
COMES_BACK = f"{', '.join(PARTS)}. “Bring one back” reads it."
BESIDE = f"The script reads the digits from *{DIGITS_FILE}*: put it beside it."
OTHER_MACHINE = "It was trained on a graphics card: elsewhere the last digits of a loss differ."

Make = Callable[[Run], bytes | str]


@dataclass(frozen=True)
class File:
    """ending: of its name, with a word before it where two would be called the same; make: what is
    in it, of a run; term: explained in the glossary when the mouse is over it."""

    ending: str
    make: Make
    term: str = ""
    name: str = ""  # the whole name, where it is not made of the run's


@dataclass(frozen=True)
class Group:
    """Files of one kind. said: a sentence in Markdown, below them."""

    title: str
    files: tuple[File, ...]
    said: str = ""


def show_take_home(run: RunSummary) -> None:
    """What people want first; everything else in groups, folded."""
    st.html(f"{STYLE}<h2>Take it home</h2>")
    offer_in_one_file(run)
    with st.expander("Files for programmers"), st.container(key="take-home"):
        for group in groups(run):
            with st.container(gap="xxsmall"):
                show_group(run, group)
        if link := link_to_settings(st.context.url, run.config):
            with st.container(gap="xxsmall"):
                st.html("<b>The settings, as a link</b>")
                st.code(link, language=None, wrap_lines=True)


def groups(run: RunSummary) -> Iterator[Group]:
    """What there is of this run."""
    yield Group("The whole run", (File("zip", packed),), COMES_BACK)
    yield Group("The network", WEIGHTS)
    code = (File("py", lambda run: script(run.config)), File("ipynb", as_notebook))
    if run.config.dataset != "mnist":
        digits = File("npz", digits_of, name=DIGITS_FILE)
        yield Group("The code that trains it", (*code, digits), BESIDE)
    else:
        cuda = run.origin.device.startswith("cuda")
        yield Group("The code that trains it", code, OTHER_MACHINE if cuda else "")
    if not run.is_network_alone:
        yield Group("The loss", LOSS)
    if run.test:
        yield Group("What it mixes up", CONFUSION)
    yield Group("A report, one sheet", (File("html", report),))
    yield Group("The settings", (File("json", lambda run: settings_file(run.config)),))


def show_group(run: RunSummary, group: Group) -> None:
    """Its title, a button for each file, its sentence."""
    st.html(f"<b>{group.title}</b>")
    with st.container(horizontal=True, gap="small"):
        for file in group.files:
            st.download_button(
                f".{file.ending.rpartition('.')[2]}",
                partial(made, run.id, is_mine(run), file.make),
                file.name or f"{file_name(run.name)}{joined(file.ending)}",
                key=f"home-{file.ending}",
                help=tip(file.term),
                icon=":material/download:",
                on_click="ignore",
            )
    if group.said:
        st.caption(group.said)


def made(run_id: str, is_theirs: bool, make: Make) -> bytes | str:
    """What is in a file. Called when its button is pressed, outside the page."""
    run = server.board().store.load(run_id)
    if not is_theirs:  # whoever has a link to a run does not get to see its note
        run = replace(run, label=Label(run.label.name))
    return make(run)


def as_notebook(run: Run) -> str:
    return notebook(run.config)


def curve(run: Run, kind: str) -> bytes:
    """The chart of the loss as a file; kind: svg or png."""
    return loss_picture(run.losses, [(each.iteration, each.loss) for each in run.validation], kind)


def matrix(run: Run, kind: str) -> bytes:
    """The confusion matrix as a file, of a run that has sat its exam; kind: svg or png."""
    return confusion_picture(run.test.confusion.numpy(), kind)


WEIGHTS = (
    File("onnx", lambda run: as_onnx(run.model()), "ONNX"),
    File("safetensors", weights, "safetensors"),
    File("pt", lambda run: as_state_dict(run.model()), "state dict"),
)
LOSS = (
    File("csv", history, "history"),
    File("loss.png", partial(curve, kind="png")),
    File("loss.svg", partial(curve, kind="svg")),
)
CONFUSION = (
    File("confusion.png", partial(matrix, kind="png")),
    File("confusion.svg", partial(matrix, kind="svg")),
)


def file_name(name: str) -> str:
    """A run's name as one that every system takes: Quiet Otter is quiet-otter."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "run"


def joined(ending: str) -> str:
    """What follows the name: .zip, -loss.png."""
    return f"-{ending}" if "." in ending else f".{ending}"


def link_to_settings(url: str | None, config: TrainingConfig) -> str:
    """The address of Train with these settings, for anybody; "" where the page has no address.

    url: of the page that is open.
    """
    parts = urlsplit(url or "")
    if not parts.netloc:
        return ""
    path = f"{parts.path.rpartition('/')[0]}/train"
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(config.to_query()), ""))
