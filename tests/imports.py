"""What a module imports, read from its source without running it.

Found are plain and relative imports wherever they stand, and parts reached through a package
(`core.exam` after `import core.data`). An import by a string, which no search finds, is noted as
one that cannot be read.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BY_STRING = {"import_module", "__import__", "run_module", "resolve_name"}
OURS = {"app", "core", "pages", "tests"}
OURS_DOTTED = re.compile(r"(core|pages|tests)(\.[A-Za-z_]\w*)+")
UNREADABLE = "?"  # the module of an import by a string


@dataclass(frozen=True)
class Import:
    """A dotted name that a module imports: of a module, or of something in one."""

    name: str
    line: int
    types_only: bool = False  # under `if TYPE_CHECKING`: it never happens when the program runs


def module_name(path: Path, root: Path) -> str:
    """core/runs/job.py is core.runs.job; core/runs/__init__.py is core.runs."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str, module: str, is_package: bool = False) -> set[Import]:
    """All that `source`, the text of the module named so, imports."""
    nodes = list(ast.walk(ast.parse(source)))
    package = module if is_package else module.rpartition(".")[0]
    for_types = {
        id(inner)
        for node in nodes
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for statement in node.body
        for inner in ast.walk(statement)
    }
    packages = {  # `import core.data` makes the name core known, and all that hangs on it
        alias.name.partition(".")[0]
        for node in nodes
        if isinstance(node, ast.Import)
        for alias in node.names
        if not alias.asname
    }
    return {
        Import(name, node.lineno, id(node) in for_types)
        for node in nodes
        for name in _named(node, package, packages)
    }


def _named(node: ast.AST, package: str, packages: set[str]) -> Iterator[str]:
    """The names of what this one node imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        source = _absolute("." * node.level + (node.module or ""), package)
        yield from (f"{source}.{alias.name}" for alias in node.names)
    elif isinstance(node, (ast.Name, ast.Attribute)):
        name = _dotted(node)
        if name.rpartition(".")[2] in BY_STRING:
            yield UNREADABLE
        elif OURS_DOTTED.fullmatch(name) and name.partition(".")[0] in packages:
            yield name


def _dotted(node: ast.expr) -> str:
    """`core.exam.sitting` as it is written; `.sitting` where it hangs on more than a name."""
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _absolute(name: str, package: str) -> str:
    """..charts, said in core.exam, is core.charts."""
    dots = len(name) - len(name.lstrip("."))
    if not dots:
        return name
    above = package.split(".")[: len(package.split(".")) - dots + 1]
    return ".".join([*above, *filter(None, [name.lstrip(".")])])
