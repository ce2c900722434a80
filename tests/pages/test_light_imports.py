"""Large libraries stay out of the server until somebody uses what needs them."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT

# Each costs between 14 and 82 MB, see tests/benchmarks/memory_parts.py. torch._dynamo is torch's
# compiler, sympy what that needs; pandas and pyarrow are what Streamlit looks for in components.
HEAVY = {
    *("pandas", "pyarrow", "scipy", "skimage", "torchvision", "torch._dynamo", "sympy"),
    *("captum", "matplotlib", "openTSNE", "sklearn"),
}
CODE = """
import sys
from core import data
from core.data import DigitDataset, Digits
from core.datasets.synthetic import generate
from tests.pages.app import open_page, wait_for_end

digits = Digits(*generate(600, 1)[:2])
data.load_dataset = lambda *args, **kwargs: DigitDataset("generated", *[digits] * 3)

def heavy():
    return sorted({heavy}.intersection(sys.modules))

for name in ("home", "exam", "inside", "runs"):
    page = open_page(name)
    assert not page.exception, name
    print(name, heavy())
page = open_page("train", dataset="generated", epochs="1")
page.button(key="start").click().run()
wait_for_end(page)
print("a run", heavy())
from core.explain.tsne import open_tsne
open_tsne()
print("a map by neighbours", heavy())
"""


def test_no_page_and_no_run_brings_a_library_that_it_does_not_use(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", CODE.replace("{heavy}", repr(HEAVY))],
        cwd=ROOT,
        env=os.environ | {"DIGITLAB_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    assert done.stdout.splitlines() == [
        *(f"{each} []" for each in ("home", "exam", "inside", "runs", "a run")),
        "a map by neighbours ['openTSNE', 'scipy', 'sklearn']",
    ]
