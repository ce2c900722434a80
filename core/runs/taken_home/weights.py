"""A trained network as a file for other programs: PyTorch's own, and ONNX.

As safetensors it lies in its run's folder (core/runs/kept/files.py). Neither of these is ever read
back: PyTorch's own kind is a pickle.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import torch
from torch import Tensor, nn

from core.config import IMAGE_SIDE
from core.model import Dropout, exam_mode, steps

OPSET, IR = 20, 9  # the first with GELU, of 2023: older programs than that are not served
ABOUT = (
    "Reads a handwritten digit. Input: float32 (batch, 28, 28), from 0 (paper) to 1 (ink); of "
    "pixels from 0 to 255 divide by 255. Output: logits and probabilities of the digits 0 to 9."
)


def as_state_dict(model: nn.Module) -> bytes:
    """What `torch.load` reads, for the network of the stand-alone script: its
    `model.load_state_dict` takes it. The layers are numbered as in that `nn.Sequential`."""
    weights = {
        f"{number}.{name}": value
        for number, (_, step) in enumerate(steps(model))
        for name, value in step.state_dict().items()
    }
    file = io.BytesIO()
    torch.save(weights, file)
    return file.getvalue()


def as_onnx(model: nn.Module) -> bytes:
    """The network as an ONNX file (https://onnx.ai), as in an exam: no dropout.

    Input `images`: float32 (batch, 28, 28) in [0, 1], as core.model takes them; the batch may be of
    any size. Outputs `logits` and `probabilities`: float32 (batch, 10).
    """
    from onnx import TensorProto, checker, helper  # takes half a second, and only this asks for it

    graph = _Graph()
    with exam_mode(model), torch.no_grad():
        value = graph.add("Reshape", "images", [graph.keep(_maps())])
        for _, step in steps(model):
            value = graph.layer(step, value)
    graph.add("Identity", value, output="logits")
    graph.add("Softmax", value, output="probabilities", axis=1)

    def tensor(name: str, *sizes: int):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", *sizes])

    made = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "digits",
            [tensor("images", IMAGE_SIDE, IMAGE_SIDE)],
            [tensor("logits", 10), tensor("probabilities", 10)],
            graph.kept,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR,
        producer_name="Digit Lab",
        doc_string=ABOUT,
    )
    checker.check_model(made)
    return made.SerializeToString()


def _maps() -> Tensor:
    """The shape (batch, 1, 28, 28); -1: whatever the batch is."""
    return torch.tensor([-1, 1, IMAGE_SIDE, IMAGE_SIDE])


class _Graph:
    """An ONNX graph that grows by one layer after the other."""

    def __init__(self) -> None:
        self.nodes, self.kept = [], []

    def keep(self, numbers: Tensor) -> str:
        """Put fixed numbers into the file; their name."""
        from onnx import numpy_helper

        name = f"numbers_{len(self.kept)}"
        self.kept.append(numpy_helper.from_array(numbers.numpy(), name))
        return name

    def add(
        self, kind: str, value: str, others: Iterable[str] = (), output: str = "", **arguments
    ) -> str:
        """Let an operator work on a value and on kept numbers; the name of what comes out."""
        from onnx import helper

        output = output or f"values_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, [value, *others], [output], **arguments))
        return output

    def layer(self, step: nn.Module, value: str) -> str:
        """The same for one layer of a network."""
        match step:
            case nn.Linear():
                return self.add("Gemm", value, self._weights(step), transB=1)
            case nn.Conv2d():
                sides = [*step.padding, *step.padding]
                return self.add("Conv", value, self._weights(step), pads=sides)
            case nn.MaxPool2d():
                size = [step.kernel_size, step.kernel_size]
                return self.add("MaxPool", value, kernel_shape=size, strides=size)
            case nn.BatchNorm2d():
                measured = [self.keep(step.running_mean), self.keep(step.running_var)]
                scaled = [*self._weights(step), *measured]
                return self.add("BatchNormalization", value, scaled, epsilon=step.eps)
            case nn.LeakyReLU():
                return self.add("LeakyRelu", value, alpha=step.negative_slope)
            case nn.Flatten():
                return self.add("Flatten", value, axis=1)
            case nn.Identity() | Dropout():
                return value
        return self.add(_SAME[type(step)], value)

    def _weights(self, step: nn.Module) -> list[str]:
        return [self.keep(step.weight), self.keep(step.bias)]


_SAME = {nn.ReLU: "Relu", nn.Tanh: "Tanh", nn.Sigmoid: "Sigmoid", nn.GELU: "Gelu"}  # ONNX's names
