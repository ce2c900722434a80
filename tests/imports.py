"""What a module imports, read from its source without running it.

Found are plain and relative imports wherever they stand, parts reached through a package
(`core.exam` after `import core.data`), and every string that names a module of ours, also by its
beginning (an f-string, a sum): whoever is handed it may import it. An import whose name is put
together out of sight is noted as one that cannot be read.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BY_NAME = {"import_module", "__import__", "run_module", "resolve_name", "find_spec", "find_loader"}
OURS = {"app", "core", "pages", "tests"}
OURS_DOTTED = re.compile(r"(core|pages|tests)(\.[A-Za-z_]\w*)+")
UNREADABLE = "?"  # the module of an import that only the running program knows


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
    described = {id(docstring) for docstring in _docstrings(nodes)}
    packages = {  # `import core.data` makes the name core known, and all that hangs on it
        alias.name.partition(".")[0]
        for node in nodes
        if isinstance(node, ast.Import)
        for alias in node.names
        if not alias.asname
    }
    handed = _handed_over(nodes)
    return {
        Import(name, node.lineno, id(node) in for_types)
        for node in nodes
        if id(node) not in described
        for name in _named(node, package, packages, handed)
    }


def _named(node: ast.AST, package: str, packages: set[str], handed: set[str]) -> Iterator[str]:
    """The names of what this one node imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        source = _absolute("." * node.level + (node.module or ""), package)
        yield from (f"{source}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Call) and _called(node) in BY_NAME:
        given = [*node.args[:1], *(each.value for each in node.keywords if each.arg == "name")]
        for each in given:
            if not (isinstance(each, ast.Name) and each.id in handed):
                yield _absolute(_beginning(each), package) or UNREADABLE
    elif isinstance(node, (ast.Constant, ast.JoinedStr, ast.BinOp, ast.Call)):
        name = _beginning(node)
        if OURS_DOTTED.fullmatch(name):
            yield name
    elif isinstance(node, ast.Attribute) and OURS_DOTTED.fullmatch(name := _dotted(node)):
        yield from {name} if name.partition(".")[0] in packages else ()


def _dotted(node: ast.expr) -> str:
    """`core.exam.sitting` as it is written; "" for what hangs on more than a name."""
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return node.id if isinstance(node, ast.Name) else ""


def _handed_over(nodes: list[ast.AST]) -> set[str]:
    """Variables that only ever hold what another place names: arguments, and what a loop goes
    through. Their strings are found there."""
    loops, stores = (ast.For, ast.comprehension), (ast.AnnAssign, ast.AugAssign, ast.NamedExpr)
    handed = {node.arg for node in nodes if isinstance(node, ast.arg)}
    made_here = set()
    for node in nodes:
        if isinstance(node, loops):
            handed |= _variables(node.target)
        elif isinstance(node, stores):
            made_here |= _variables(node.target)
        elif isinstance(node, ast.Assign):
            made_here = made_here.union(*map(_variables, node.targets))
    return handed - made_here


def _variables(target: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def _called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _absolute(name: str, package: str) -> str:
    """..charts, said in core.exam, is core.charts."""
    dots = len(name) - len(name.lstrip("."))
    if not dots:
        return name
    above = package.split(".")[: len(package.split(".")) - dots + 1]
    return ".".join([*above, *filter(None, [name.lstrip(".")])])


def _beginning(node: ast.expr) -> str:
    """As much of the dotted name as stands in the source: whole parts; "" where none does."""
    if isinstance(node, ast.Constant):
        return node.value.rstrip(".") if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        text = node.values[0].value
    elif isinstance(node, ast.BinOp):  # "pages.ui." + name, "pages.ui.%s" % name
        text = _beginning(node.left).partition("%")[0]
    elif isinstance(node, ast.Call) and _called(node) == "format":
        text = _beginning(getattr(node.func, "value", node)).partition("{")[0]
    else:
        return ""
    return text.rpartition(".")[0]


def _docstrings(nodes: list[ast.AST]) -> Iterator[ast.Constant]:
    for node in nodes:
        body = getattr(node, "body", None)
        first = body[0] if isinstance(body, list) and body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            yield first.value
