"""The lines of the training loop, each found by what it does and not by what it is called.

Pages that show the loop step by step take their lines from here, from the real source.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator

from core.trainer import train

STEPS = ("batch", "forward", "zero_grad", "loss", "backward", "step", "yield", "epochs")


def loop_lines(source: str | None = None) -> dict[str, str]:
    """The source of each of the STEPS by its name, in this order; of the loops only the head.

    source: a training function's; None: that of core.trainer.train. Raises LookupError, which names
    the step, when the function has no such step or has it twice.
    """
    source = textwrap.dedent(source or inspect.getsource(train))
    found = _steps_of(ast.parse(source))
    lines = source.splitlines()
    return {name: _text(lines, found[name]) for name in STEPS}


def _steps_of(tree: ast.AST) -> dict[str, ast.stmt]:
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For)]
    epochs = _only("epochs", (loop for loop in loops if _inside(loop, ast.For)))
    batch = _only("batch", (loop for loop in epochs.body if isinstance(loop, ast.For)))
    zero_grad = _only("zero_grad", _calls(batch, "zero_grad"))
    backward = _only("backward", _calls(batch, "backward"))
    optimizer, loss_name = _owner(zero_grad), _owner(backward)
    loss = _only("loss", _results(batch, loss_name))
    # the loss is a function of the answers and the labels, in this order
    answers = ast.unparse(loss.value.args[0]) if isinstance(loss.value, ast.Call) else ""
    return {
        "batch": batch,
        "forward": _only("forward", _results(batch, answers)),
        "zero_grad": zero_grad,
        "loss": loss,
        "backward": backward,
        # a scheduler has a step, too: this is that of whose gradients were set to zero
        "step": _only("step", (s for s in _calls(batch, "step") if _owner(s) == optimizer)),
        "yield": _only("yield", (s for s in batch.body if _inside(s, ast.Yield))),
        "epochs": epochs,
    }


def _inside(outer: ast.AST, kind: type[ast.AST]) -> bool:
    return any(isinstance(node, kind) for node in ast.walk(outer) if node is not outer)


def _calls(loop: ast.For, method: str) -> Iterator[ast.Expr]:
    """The lines of a loop that do nothing but call this method of some object."""
    for line in loop.body:
        match line:
            case ast.Expr(ast.Call(ast.Attribute(attr=name))) if name == method:
                yield line


def _results(loop: ast.For, name: str) -> Iterator[ast.Assign]:
    """The lines of a loop that give this name to what a call returns."""
    for line in loop.body:
        match line:
            case ast.Assign([ast.Name(target)], ast.Call()) if target == name:
                yield line


def _owner(line: ast.Expr) -> str:
    """optimizer of the line `optimizer.step()`."""
    return ast.unparse(line.value.func.value)


def _only(step: str, found: Iterator[ast.stmt]) -> ast.stmt:
    lines = list(found)
    if len(lines) != 1:
        raise LookupError(f"The training loop has {len(lines)} lines for its step {step!r}, not 1.")
    return lines[0]


def _text(lines: list[str], node: ast.stmt) -> str:
    """The lines of a statement; of a loop those of its head."""
    last = node.iter.end_lineno if isinstance(node, ast.For) else node.end_lineno
    return textwrap.dedent("\n".join(lines[node.lineno - 1 : last]))
