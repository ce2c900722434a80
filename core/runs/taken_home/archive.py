"""A run as one .zip, with which another machine brings it back (brought_back.py beside this file).

It holds the files of the run's folder as core/runs/kept/files.py writes them. Whose run it was, its
id, by which others could look at it, and what it would need to go on stay behind.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from core.runs.kept import files
from core.runs.kept.run import Label, Run

PARTS = (files.CARD, files.HISTORY, files.WEIGHTS)
ID = "taken-home"


def packed(run: Run) -> bytes:
    """The zip. The name is kept, also one that was made of the run's id."""
    run = replace(
        run,
        id=ID,
        label=Label(run.name, run.label.note),
        origin=replace(run.origin, owner=""),
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.contents(run).items():
            archive.writestr(name, content)
    return file.getvalue()
