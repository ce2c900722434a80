"""What the parts of the server cost in memory, each measured in a fresh process of its own.

Part of `python -m tests.benchmarks.memory`. A part is code that is run after some other code, and
costs what the resident set has grown by. What is listed as not imported is what the app did import
once, or would by a plain `import` of what it needs.
"""

from __future__ import annotations

from pathlib import Path

from tests.fresh_process import fresh_python

TORCH = "from core.machine.tuning import import_torch; import_torch()\n"
BOARD = TORCH + "from core.runs.board import JobBoard\nboard = JobBoard()\n"
MNIST = BOARD + "board.shelf.get('mnist')\n"
RUN = """
from core.config import TrainingConfig
def run():
    job = board.submit(TrainingConfig(epochs=1))
    job.task.wait()
    return job
"""
GUARD = "from tests.torchvision_guard import import_torchvision\n"

PARTS: dict[str, tuple[str, str]] = {  # what comes before, and what is measured
    "Streamlit": ("import numpy", "import streamlit"),
    "torch": ("import numpy", TORCH),
    "the engine and a network that ships": (
        TORCH,
        "import core.drawing, core.pretrained\ncore.pretrained.load('default')",
    ),
    "MNIST, 70,000 images of a byte a pixel": (BOARD, "board.shelf.get('mnist')"),
    "one run": (MNIST + RUN, "run()"),
    "ten more runs, with all that is remembered": (
        MNIST + RUN + "run()",
        "[run() for _ in '1' * 10]",
    ),
    "pictures: SciPy and scikit-image": (TORCH, "import core.strokes.pictures"),
    "integrated gradients: Captum, matplotlib": (TORCH, "from captum import attr"),
    "the map by neighbours: openTSNE, scikit-learn": (
        TORCH,
        "from core.explain.tsne import open_tsne; open_tsne()",
    ),
}
SPARED: dict[str, tuple[str, str]] = {
    "pandas and pyarrow": (TORCH, "import pandas, pyarrow"),
    "torchvision": (TORCH + GUARD, "import_torchvision()"),
    "the compiler of torch, SymPy": (TORCH, "import torch._dynamo"),
    "scipy.stats": (TORCH, "import scipy.stats"),
}


def grown(before: str, measured: str, home: Path) -> float:
    """Megabytes by which a fresh process grows while it runs the second piece of code."""
    code = f"""
import psutil
{before}
first = psutil.Process().memory_info().rss
{measured}
print((psutil.Process().memory_info().rss - first) / 1e6)
"""
    return float(fresh_python("-c", code, DIGITLAB_HOME=str(home))[-1])


def print_parts(home: Path) -> None:
    """Print both tables; home: an app folder in which MNIST lies."""
    for title, parts in (("part", PARTS), ("not imported", SPARED)):
        print(f"\n{title:<48} {'MB':>6}")
        for name, (before, measured) in parts.items():
            print(f"{name:<48} {grown(before, measured, home):>6.1f}", flush=True)
