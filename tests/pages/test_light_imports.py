"""Large libraries stay out of the server until somebody uses what needs them."""

from __future__ import annotations

from tests.fresh_process import fresh_python

# Each costs between 14 and 82 MB, see tests/benchmarks/memory_parts.py. torch._dynamo is torch's
# compiler, sympy what that needs; pandas and pyarrow are what Streamlit looks for in components.
HEAVY = {
    *("pandas", "pyarrow", "scipy", "skimage", "torchvision", "torch._dynamo", "sympy"),
    *("captum", "matplotlib", "openTSNE", "sklearn"),
}
PAGES = ("home", "learn", "data", "exam", "inside", "predict", "runs")
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

for name in {pages}:
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
    code = CODE.replace("{heavy}", repr(HEAVY)).replace("{pages}", repr(PAGES))
    assert fresh_python("-c", code, DIGITLAB_HOME=str(tmp_path)) == [
        *(f"{each} []" for each in (*PAGES, "a run")),
        "a map by neighbours ['openTSNE', 'scipy', 'sklearn']",
    ]
