"""Imports torchvision, also beside a torch that has no CUDA. The app itself does without it.

On Linux the usual torchvision package is built for CUDA. Beside a CPU-only torch its compiled
operators do not load, and `import torchvision` stops at the first operator it misses. The tests use
only its datasets, so it is enough to declare the two operators that torchvision describes then.
"""

from __future__ import annotations

import importlib
import sys
from functools import cache
from types import ModuleType

MISSING_OPERATORS = ("nms", "qnms")
SCHEMA = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"  # of both


@cache
def import_torchvision() -> ModuleType:
    """The torchvision module. Raises what its import raises when the operators are not to blame."""
    try:
        module = importlib.import_module("torchvision")
    except RuntimeError as error:
        if "does not exist" not in str(error):
            raise
        declare_operators()
        module = importlib.import_module("torchvision")
    return module


def declare_operators() -> None:
    """Tell torch the shape of the operators that it does not know, for another try to import."""
    import torch

    # Python keeps the submodules of an import that failed; the next try has to start afresh
    for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
        del sys.modules[name]
    for operator in MISSING_OPERATORS:
        if not hasattr(torch.ops.torchvision, operator):
            torch.library.define(f"torchvision::{operator}", SCHEMA)
