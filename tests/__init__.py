"""The tests. Each process computes with one thread, as the app does: more only get into each
other's way. This has to be said before NumPy is imported."""

import os

for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")
