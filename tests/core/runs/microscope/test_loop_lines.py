"""The lines of the loop are found by what they do, whatever the variables are called."""

import ast
import inspect
import textwrap

import pytest

from core.runs.microscope.loop_lines import STEPS, loop_lines
from core.trainer import train

SOURCE = inspect.getsource(train)
BY_HAND = """
    for epoch in range(2):
        for batch_number, (pixels, digits) in enumerate(
            deal_out(data), start=1
        ):
            scores = network(pixels)  # ten for each image
            adam.zero_grad(set_to_none=True)
            price = cost(scores, digits)
            price.backward()
            adam.step()
            rate.step()
            yield price
"""


class Renaming(ast.NodeTransformer):
    """Gives every variable another name; what torch calls its methods stays."""

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(f"other_{node.id}", node.ctx)


def test_the_lines_of_train():
    lines = loop_lines()
    assert tuple(lines) == STEPS
    assert lines["forward"] == "logits = model(images)"
    assert lines["loss"] == "loss = loss_function(logits, labels)"
    assert lines["step"] == "optimizer.step()"
    assert lines["batch"].startswith("for images, labels in ")
    assert lines["epochs"].startswith("for epoch in range(")
    assert all(line in SOURCE and "\n" not in line for line in lines.values())


def test_between_the_batch_and_the_yield_stands_nothing_but_the_textbook():
    """Each of its lines is one of the steps shown, and the learning rate's own step."""
    loops = [node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.For)]
    body = [ast.unparse(line) for line in loops[-1].body]  # the walk comes to the inner one last
    lines = loop_lines()
    shown = [lines[name] for name in ("forward", "zero_grad", "loss", "backward", "step")]
    assert body == [*shown, "scheduler.step()", lines["yield"]]


def test_renamed_variables_are_found_as_well():
    renamed = ast.unparse(Renaming().visit(ast.parse(SOURCE)))
    lines = loop_lines(renamed)
    assert lines["forward"] == "other_logits = other_model(other_images)"
    assert lines["step"] == "other_optimizer.step()"  # and not the scheduler's
    assert {name: line.replace("other_", "") for name, line in lines.items()} == loop_lines()


def test_another_loop_with_a_head_of_several_lines():
    lines = loop_lines(BY_HAND)
    assert lines["batch"].splitlines() == [
        "for batch_number, (pixels, digits) in enumerate(",
        "    deal_out(data), start=1",
        "):",
    ]
    assert lines["forward"] == "scores = network(pixels)  # ten for each image"
    assert lines["zero_grad"] == "adam.zero_grad(set_to_none=True)"
    assert lines["step"] == "adam.step()"


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("scores = network(pixels)  # ten for each image", "forward"),
        ("adam.zero_grad(set_to_none=True)", "zero_grad"),
        ("price = cost(scores, digits)", "loss"),
        ("price.backward()", "backward"),
        ("adam.step()", "step"),
        ("yield price", "yield"),
    ],
)
def test_a_step_that_is_missing_or_there_twice_is_named(line, step):
    with pytest.raises(LookupError, match=f"0 lines for its step '{step}'"):
        loop_lines(BY_HAND.replace(line, "pass"))
    with pytest.raises(LookupError, match=f"2 lines for its step '{step}'"):
        loop_lines(BY_HAND.replace(line, f"{line}\n            {line}"))


def test_a_loop_that_is_missing_is_named():
    inner = textwrap.dedent("\n".join(BY_HAND.splitlines()[2:]))
    with pytest.raises(LookupError, match="'epochs'"):
        loop_lines(inner)
    with pytest.raises(LookupError, match="'epochs'"):
        loop_lines("for epoch in range(2):\n    pass")
