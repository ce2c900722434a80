"""The house rules that a machine can check: who imports whom, the commands, the tree in README."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from core.machine.storage import MEGABYTE
from tests.conftest import ROOT
from tests.fresh_process import fresh_python
from tests.imports import imports, module_name

README = (ROOT / "README.md").read_text(encoding="utf-8")
TOP = {"app.py", "pages", "core", "tests", "requirements.txt", "README.md", ".streamlit"}
DOORS = {"config", "data", "model", "trainer", "evaluation", "drawing", "pretrained", "background"}
KEEPERS = {  # what Streamlit keeps, and the one file of pages/ui/state that may ask for it
    "session_state": "visit.py",
    "query_params": "address.py",
    "cache_resource": "server.py",
}
LONGEST = 260  # lines
TEST_FILE = re.compile(r"(?:^|\.)test_\w+")


def project_files() -> list[str]:
    """Every file that belongs to the project, relative to its top."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def python_files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


APP = [ROOT / "app.py", *python_files("core"), *python_files("pages")]


def docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def test_core_imports_without_streamlit():
    """The order of all imports is in test_import_order.py; this one runs them."""
    modules = [module_name(path, ROOT) for path in python_files("core")]
    code = "import sys, importlib; sys.modules['streamlit'] = None\n"
    code += f"for name in {modules!r}: importlib.import_module(name)"
    fresh_python("-c", code)


def test_the_doors_of_core_stand_open():
    assert {path.stem for path in (ROOT / "core").glob("[!_]*.py")} == DOORS


@pytest.mark.parametrize("kept", KEEPERS)
def test_what_lasts_is_touched_in_one_file_only(kept):
    """Streamlit's own store is named anywhere else neither as st.… nor by an import."""
    keeper = ROOT / "pages" / "ui" / "state" / KEEPERS[kept]
    users = {path for path in APP if kept in names_used(path)}
    assert users == {keeper}, sorted(users)


def names_used(path: Path) -> set[str]:
    """All attributes, and all names that are imported from elsewhere, in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return attributes | {node.name for node in ast.walk(tree) if isinstance(node, ast.alias)}


def test_every_module_can_be_read_in_one_sitting():
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in APP}
    assert not [path for path, count in lines.items() if count > LONGEST]


def test_no_test_imports_from_another():
    for path in python_files("tests"):
        found = imports(path.read_text(encoding="utf-8"), module_name(path, ROOT))
        tests = {name for each in found for name in TEST_FILE.findall(each.name)}
        assert not tests, f"{path}: what several tests need goes into a helper or a conftest"


def test_tests_lie_where_what_they_test_lies():
    """tests/core/runs holds what tests core/runs; tests/pages/exam what tests pages/ui/exam."""
    for mirrored, rooms in {"core": ROOT / "core", "pages": ROOT / "pages" / "ui"}.items():
        for path in python_files(f"tests/{mirrored}"):
            assert (rooms / path.relative_to(ROOT / "tests" / mirrored)).parent.is_dir(), path


def test_the_top_level_holds_what_it_should():
    assert {name.split("/")[0] for name in project_files() if not name.startswith(".")} | {
        ".streamlit"
    } == TOP


def readme_commands() -> list[str]:
    return re.findall(r"^    (python -m pip install .+)$", README, flags=re.MULTILINE)


def test_readme_has_the_two_commands_and_ci_runs_the_second():
    opens, tests = readme_commands()
    assert opens.endswith("streamlit run app.py")
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == tests


def test_the_tree_in_readme_has_a_line_for_every_folder_and_every_door():
    """The folders in tests/core and tests/pages mirror those of the app and need no line."""
    tree = README.split("## The house")[1].split("```")[1]
    named = [line.split()[0].rstrip("/") for line in tree.splitlines() if line.strip()]
    folders = {str(Path(name).parent) for name in project_files()} - {"."}
    folders = {name for name in folders if not re.match("tests/(core|pages)/", name)}
    doors = {f"core/{door}.py" for door in DOORS}
    assert sorted(named) == sorted(folders | doors | {"app.py", "pages/*.py"})


def test_every_requirement_is_pinned_and_explained():
    files = [name for name in project_files() if name.endswith("requirements.txt")]
    assert len(files) == 3
    for file in files:
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
            if not line.startswith("-r"):
                name, _, version = line.partition("==")
                assert version, line
                assert f"`{name}`" in README, f"README does not say what {name} is for"


def limits() -> list[tuple[str, str]]:
    """Of README's table: the number, and the constant that it is in the code."""
    table = README.split("## Limits")[1].split("\n## ")[0]
    return re.findall(r"^\| .+ \| ([\d,]+) \| `([\w.]+)` \|$", table, flags=re.MULTILINE)


# Named like limits, and none that anybody meets: of formats, and of what pictures are drawn with.
OTHERS = """
    charts.lessons.network_map.MOST_LINKS charts.runs.layers.LARGEST explain.attribution.MOST_SPOTS
    explain.ideal.KEPT machine.looks.LONGEST machine.tuning.MOST runs.kept.card.LARGEST
    runs.kept.card.MOST room.limits.WRONG_IN_ALL_SECONDS room.limits.WRONG_OF_ONE_SECONDS
    runs.reader_page.page.MOST_BYTES runs.taken_home.brought_back.MOST
    runs.taken_home.brought_back.LONGEST_WORD runs.taken_home.network_file.LONGEST_HEADER
    runs.taken_home.safe_zip.LONGEST_LIST strokes.around.MOST_LEAN strokes.bezier.MOST_POINTS
    strokes.checks.MAX_NUMBER strokes.files.LONGEST_SIDE ui.inside.follow.MOST_MAPS
    ui.inside.follow.MOST_TILES ui.room.wall.MOST_LETTERS ui.runs.series.contenders.MOST
    ui.state.owner.MOST
"""


def test_the_limits_in_readme_are_those_of_the_code():
    for number, constant in limits():
        module, _, name = constant.rpartition(".")
        assert f"{getattr(importlib.import_module(module), name):,.0f}" == number, constant
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    most = settings["server"]["maxUploadSize"] * MEGABYTE
    assert (f"{most:,}", "core.strokes.files.MAX_BYTES") in limits()


def test_every_limit_in_the_code_is_in_readme():
    named = re.compile(r"^((?:MOST|MAX|LONGEST|LARGEST|KEPT|WRONG)\w*)(?:, (\w+))? = ", re.M)
    found = {
        f"{module_name(path, ROOT)}.{name}"
        for path in APP
        for names in named.findall(path.read_text(encoding="utf-8"))
        for name in filter(None, names)
    }
    told = {constant for _, constant in limits()}
    assert {each.partition(".")[2] for each in found - told} == set(OTHERS.split())


def test_the_line_that_the_cloud_needs_otherwise_is_one_of_the_requirements():
    (torch,) = re.findall(r"write `\+cpu` behind `(.+?)`", README)
    assert torch in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()


def test_the_pictures_of_readme_are_there_and_small():
    shown = set(re.findall(r"\.pictures/[\w.-]+", README))
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / ".pictures").iterdir()}
    assert shown == files
    assert sum((ROOT / name).stat().st_size for name in files) <= 3_000_000


def test_every_module_says_what_it_is_for():
    for path in APP:
        said = docstring(path)
        assert said, path
        if path.name == "__init__.py":
            assert len(re.findall(r"\.(?:\s|$)", said)) == 1, f"{path}: one sentence says it"
            assert said.endswith("."), path


@pytest.mark.parametrize("arguments", [["check"], ["format", "--check"]], ids=["lint", "format"])
def test_ruff_is_content(arguments):
    fresh_python("-m", "ruff", *arguments, ".")


TOUR = README.split("## A tour of the code")[1].split("\n## ")[0]
NAMED = sorted(set(re.findall(r"`((?:core|pages)(?:\.\w+)+)`", TOUR)))


@pytest.mark.parametrize("name", NAMED)
def test_what_the_tour_names_is_there(name):
    parts = name.split(".")
    length = next(n for n in range(len(parts), 0, -1) if is_file(parts[:n]))
    here = ast.parse(ROOT.joinpath(*parts[:length]).with_suffix(".py").read_text("utf-8"))
    for part in parts[length:]:
        kinds = (ast.FunctionDef, ast.ClassDef)
        here = next(each for each in here.body if isinstance(each, kinds) and each.name == part)
    assert ast.get_docstring(here)


def is_file(parts: list[str]) -> bool:
    """Whether these parts of a dotted name are a module."""
    return ROOT.joinpath(*parts).with_suffix(".py").is_file()


def test_files_that_the_tour_names_are_there():
    named = re.findall(r"`((?:core|pages)/[\w/]+\.(?:py|toml))`", TOUR)
    assert len(named) >= 3
    assert not [name for name in named if not (ROOT / name).is_file()]
