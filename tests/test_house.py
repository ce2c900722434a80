"""The house rules that a machine can check: who imports whom, the commands, the tree in README."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
TOP = {"app.py", "pages", "core", "tests", "requirements.txt", "README.md", ".streamlit"}
DOORS = {"config", "data", "model", "trainer", "evaluation", "drawing", "pretrained"}
ORDER = ["config", "data", "evaluation", "trainer"]  # arrows only point to the left


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


def imports(path: Path) -> set[str]:
    """The dotted names of the modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def module_name(path: Path) -> str:
    """core/runs/job.py is core.runs.job; core/runs/__init__.py is core.runs."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def python_files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", python_files("core"), ids=lambda path: path.name)
def test_core_knows_neither_streamlit_nor_the_pages(path):
    used = {name.split(".")[0] for name in imports(path)}
    assert not used & {"streamlit", "streamlit_drawable_canvas", "pages", "app", "tests"}


def test_core_imports_without_streamlit():
    modules = [module_name(path) for path in python_files("core")]
    code = "import sys, importlib; sys.modules['streamlit'] = None\n"
    code += f"for name in {modules!r}: importlib.import_module(name)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_inside_core_the_arrows_go_one_way():
    for position, name in enumerate(ORDER):
        later = {f"core.{other}" for other in ORDER[position + 1 :]}
        assert not imports(ROOT / "core" / f"{name}.py") & later, name


def test_pages_do_not_import_one_another():
    pages = {f"pages.{path.stem}" for path in (ROOT / "pages").glob("*.py")}
    for path in [ROOT / "app.py", *python_files("pages")]:
        assert not imports(path) & pages, path


def test_only_state_touches_the_session_and_the_shared_cache():
    pattern = re.compile(r"st\.(session_state|cache_resource|query_params)")
    for path in [ROOT / "app.py", *python_files("pages")]:
        if path.name != "state.py":
            assert not pattern.search(path.read_text(encoding="utf-8")), path


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
    tree = README.split("## The house")[1].split("```")[1]
    named = {line.split()[0].rstrip("/") for line in tree.splitlines() if line.strip()}
    folders = {str(Path(name).parent) for name in project_files()} - {"."}
    assert named == folders | {f"core/{door}.py" for door in DOORS} | {"app.py", "pages/*.py"}


def test_every_requirement_is_pinned_and_explained():
    for file in ("requirements.txt", "tests/requirements.txt"):
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
            if not line.startswith("-r"):
                name, _, version = line.partition("==")
                assert version, line
                assert f"`{name}`" in README, f"README does not say what {name} is for"


def test_every_module_says_what_it_is_for():
    for path in [ROOT / "app.py", *python_files("core"), *python_files("pages")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree) or path.name == "__init__.py", path


@pytest.mark.parametrize("arguments", [["check"], ["format", "--check"]], ids=["lint", "format"])
def test_ruff_is_content(arguments):
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments, "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
