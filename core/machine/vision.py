"""Imports torchvision, also beside a torch that has no CUDA. It is no part of the engine's logic.

On Linux the usual torchvision package is built for CUDA. Beside a CPU-only torch its compiled
operators do not load, and `import torchvision` stops at the first operator it misses. The app uses
only its datasets, so it is enough to declare the two operators that torchvision describes then.
"""

from __future__ import annotations

import importlib
import sys
from functools import cache
from types import ModuleType

from core.machine.tuning import spare_collector

MISSING_OPERATORS = {
    "torchvision::nms": "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "torchvision::qnms": "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
}


@cache
def import_torchvision() -> ModuleType:
    """The torchvision module. Raises what its import raises when the operators are not to blame."""
    module = _import_with_help()
    spare_collector()
    return module


def _import_with_help() -> ModuleType:
    try:
        return importlib.import_module("torchvision")
    except RuntimeError as error:
        if "does not exist" not in str(error):
            raise
    forget_half_imported()
    for name, schema in MISSING_OPERATORS.items():
        declare(name, schema)
    return importlib.import_module("torchvision")


def forget_half_imported() -> None:
    """Python keeps the submodules of an import that failed; the next try has to start afresh."""
    for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
        del sys.modules[name]


def declare(name: str, schema: str) -> None:
    """Tell torch the shape of an operator, unless it knows it already."""
    import torch

    namespace, operator = name.split("::")
    if not hasattr(getattr(torch.ops, namespace), operator):
        torch.library.define(name, schema)
