"""Who may import whom, for every module of the app: one table, and made-up imports that break it.

Imports inside functions and by a relative name count like those at the top of a file; by a string
nothing may be imported.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.imports import OURS, UNREADABLE, Import, imports, module_name

# The rooms and doors of core, from the ground up. Each may import from the lines above it and from
# itself, but not from those on its own line.
CORE = """
    settings
    config
    machine
    layers    strokes
    datasets
    data      drawing
    model
    evaluation
    trainer
    background    networks
    pretrained    runs
    exam    explain    gallery    lessons    demonstration    room
"""
CHARTS = {"core.config"}  # core.charts is given arrays, so it needs no other room; none needs it

# In pages, from the ground up: what each may import beside itself. From the state on, each may also
# use all of core. What one page alone shows is its room, pages/ui/<page>, and a page's own file
# opens no other room; app.py is the page Home.
PAGES = {
    "frontend": set(),
    "words": {"core.config"},
    "state": {"words", "frontend"},
    "widgets": {"words", "frontend", "state"},
    "present": {"words", "frontend", "state", "widgets"},  # what the shell shows below a page,
    "kiosk": {"words", "frontend", "state", "widgets"},  # or in place of it
    "shell": {"words", "frontend", "state", "widgets", "present", "kiosk"},
    "<room of a page>": {"words", "frontend", "state", "widgets", "shell"},
    "<page>": {"words", "frontend", "state", "widgets", "shell", "<room of a page>"},
}
# `if TYPE_CHECKING` imports nothing: there, core may name the types of every room of core.

LINES = [line.split() for line in CORE.strip().splitlines()]
BELOW = {
    f"core.{room}": {f"core.{lower}" for under in LINES[:number] for lower in under}
    for number, line in enumerate(LINES)
    for room in line
}
BELOW["core.charts"] = CHARTS


def place(name: str) -> str:
    """Where a dotted name lies: core.runs of core.runs.job, pages.ui.exam, pages.exam or app."""
    parts = name.split(".")
    return ".".join(parts[: 3 if parts[:2] == ["pages", "ui"] else 2])


def allowed(importer: str, imported: str, types_only: bool) -> bool:
    """Whether one place may import from another. Both as `place` says it."""
    if importer == imported:
        return True
    if importer.startswith("core."):
        return imported in (BELOW if types_only else BELOW.get(importer, set()))
    room = importer.removeprefix("pages.").removeprefix("ui.")
    if imported in BELOW:
        return room not in ("words", "frontend") or imported in PAGES[room]
    if room in PAGES:
        usable = PAGES[room]
    elif importer.startswith("pages.ui."):
        usable = PAGES["<room of a page>"]
    else:
        own = "home" if importer == "app" else room
        usable = {own if each == "<room of a page>" else each for each in PAGES["<page>"]}
    return imported.startswith("pages.ui.") and imported.removeprefix("pages.ui.") in usable


def fault(module: str, each: Import) -> str | None:
    """What is wrong with one import of the module `module`; None where it keeps the order."""
    said = f"{module}, line {each.line}, imports {each.name}"
    top = each.name.split(".")[0]
    if each.name == UNREADABLE:
        return f"{module}, line {each.line}, imports by a string, which no search finds"
    if top.startswith("streamlit"):
        return f"{said}: core must live without Streamlit" if module.startswith("core") else None
    if top not in OURS or allowed(place(module), place(each.name), each.types_only):
        return None
    return f"{said}: {place(module)} stands too low for it, or beside it"


def faults(source: str, module: str, is_package: bool = False) -> list[str]:
    """What is wrong with the imports of a module with this source."""
    found = sorted(imports(source, module, is_package), key=lambda each: (each.line, each.name))
    return [said for each in found if (said := fault(module, each))]


def all_modules() -> list[Path]:
    return [ROOT / "app.py", *(ROOT / "core").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]


def test_every_import_keeps_the_order():
    wrong = [
        said
        for path in sorted(all_modules())
        for said in faults(
            path.read_text(encoding="utf-8"), module_name(path, ROOT), path.name == "__init__.py"
        )
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_room_of_core_has_its_place_in_the_table():
    rooms = {place(module_name(path, ROOT)) for path in (ROOT / "core").rglob("*.py")} - {"core"}
    assert rooms <= set(BELOW)


WRONG = {
    "core knows Streamlit": ("core.drawing", "import streamlit as st"),
    "core knows a part of Streamlit": ("core.runs.job", "from streamlit.runtime import caching"),
    "core knows a component": ("core.strokes.canvas", "import streamlit_drawable_canvas"),
    "core knows a page": ("core.runs.job", "def f():\n    from pages.ui.words import numbers"),
    "core knows a page's types": (
        "core.runs.job",
        "if TYPE_CHECKING:\n    from pages.ui.widgets.digits.wall import Wall",
    ),
    "core knows the tests": ("core.data", "from tests import replay"),
    "the first is not above the second": ("core.data", "from core.trainer import train"),
    "data knows the trainer, later": ("core.data", "def f():\n    import core.trainer as t"),
    "a door beside it": ("core.data", "from core import drawing"),
    "a room beside it": ("core.explain.ideal", "from core.exam.sitting import sit"),
    "a room beside it, relatively": ("core.explain.ideal", "from ..exam import sitting"),
    "a room beside it, by its package": ("core.explain", "from .. import exam"),
    "a room beside it, through core": (
        "core.explain.ideal",
        "import core.data\ncore.exam.sitting.sit()",
    ),
    "charts know data": ("core.charts.exam", "from core.data import Digits"),
    "somebody knows charts": ("core.lessons.measures", "from core.charts import training"),
    "a room that nobody knows": ("core.data", "from core.cellar import wine"),
    "all of core": ("core.runs.job", "import core"),
    "else is no TYPE_CHECKING": (
        "core.data",
        "if TYPE_CHECKING:\n    pass\nelse:\n    from core.trainer import train",
    ),
    "a page imports a page": ("pages.exam", "import pages.inside"),
    "the first page is imported": ("pages.exam", "import app"),
    "a page opens another's room": ("pages.inside", "from pages.ui.exam.choice import choose"),
    "Home opens another's room": ("app", "from pages.ui.train import buttons"),
    "a room opens another": ("pages.ui.inside.subject", "from pages.ui.exam import choice"),
    "a room opens another for its types": (
        "pages.ui.inside.subject",
        "if TYPE_CHECKING:\n    from pages.ui.exam.choice import Choice",
    ),
    "a room opens another, later": (
        "pages.ui.learn.lessons.tensors",
        "def show():\n    if True:\n        from pages.ui.data.samples import numbers_html",
    ),
    "a room opens another, relatively": ("pages.ui.inside.map", "from ..exam.choice import x"),
    "a room opens another from two floors up": (
        "pages.ui.learn.lessons.loop",
        "from ...train import details",
    ),
    "a room opens a page": ("pages.ui.exam.choice", "from pages.exam import SECTIONS"),
    "by a string": ("pages.ui.inside.map", "import_module('pages.ui.inside.choice')"),
    "by a string, later": ("core.data", "def f(name):\n    return importlib.import_module(name)"),
    "by the built-in function": ("pages.inside", "__import__('pages.ui.inside.choice')"),
    "by who imports for others": ("core.data", "list(map(resolve_name, names))"),
    "a widget opens a page's room": (
        "pages.ui.widgets.digits.wall",
        "from pages.ui.data import samples",
    ),
    "a widget knows the shell": ("pages.ui.widgets.canvas", "from pages.ui import shell"),
    "a widget knows all of ui": ("pages.ui.widgets.canvas", "from pages import ui"),
    "state knows a widget": ("pages.ui.state.visit", "from pages.ui.widgets import canvas"),
    "words know a widget": ("pages.ui.words.glossary", "from ..widgets import dropdown"),
    "words know state": ("pages.ui.words.glossary", "from pages.ui import state"),
    "words know a run": ("pages.ui.words.numbers", "from core.runs.cost import Cost"),
    "the exhibit opens a page's room": ("pages.ui.kiosk.watch", "import pages.ui.train.watch"),
    "the presenter knows the shell": ("pages.ui.present.bar", "from pages.ui import shell"),
    "the shell opens a room": ("pages.ui.shell", "import pages.ui.home.ready"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_made_up_wrong_import_is_found(case):
    module, source = WRONG[case]
    assert len(faults(source, module, is_package=module == "core.explain")) >= 1


RIGHT = {
    "down": ("core.trainer", "from core import config, data\nfrom core.layers.anatomy import walk"),
    "in the same room": ("core.explain.ideal", "from .attribution import why\nimport core.explain"),
    "types from above": ("core.data", "if typing.TYPE_CHECKING:\n    from core.runs.job import J"),
    "types for charts": (
        "core.charts.exam",
        "if TYPE_CHECKING:\n    from core.exam import sitting",
    ),
    "libraries": ("core.charts.exam", "import plotly.graph_objects as go\nimport numpy"),
    "a page and its room": ("pages.exam", "from pages.ui.exam import sections"),
    "Home and its room": ("app", "from pages.ui.home.ready import ready\nimport streamlit"),
    "a room and what is shared": (
        "pages.ui.exam.own",
        "from pages.ui import shell, state\nfrom pages.ui.widgets.canvas import canvas",
    ),
    "state and words": ("pages.ui.state.server", "from pages.ui.words.numbers import percent"),
    "words and config": ("pages.ui.words.glossary", "from core.config import TrainingConfig"),
    "a variable of that name": ("pages.ui.shell", "pages = []\npages.append(1)\ncore = 2"),
}


@pytest.mark.parametrize("case", RIGHT)
def test_imports_that_keep_the_order_are_let_through(case):
    module, source = RIGHT[case]
    assert not faults(source, module)
