"""Files of a run that need digits: its report with what it misread, and the built-in digits.

They are made when a button is pressed, outside the page: nothing is shown here.
"""

from __future__ import annotations

from core.background import Stopped
from core.data import DataUnavailable
from core.runs.kept.run import Run
from core.runs.taken_home.digits_file import digits_file
from pages.ui.runs.report import MISTAKES, Mistakes, report_html
from pages.ui.state import server
from pages.ui.widgets.choosing.dataset_picker import is_at_hand
from pages.ui.widgets.task import begin_exam


def report(run: Run) -> str:
    """The sheet, with the mistakes where the test images are at hand."""
    return report_html(run, mistakes_of(run))


def mistakes_of(run: Run) -> Mistakes | None:
    """The surest ones; None where the test images are not on this server."""
    name = run.config.dataset
    if not is_at_hand(name):
        return None
    try:
        test = server.board().shelf.get(name).test
        task = begin_exam(run.model(), test, name)
        task.wait()
        exam = task.result()
    except (DataUnavailable, Stopped):
        return None
    first = exam.mistakes[:MISTAKES]
    images = test.images.numpy()[first]
    return Mistakes(images, exam.labels[first], exam.answers[first], len(exam.mistakes))


def digits_of(run: Run) -> bytes:
    """The digits that the script reads; they are made first where they are not at hand."""
    return digits_file(server.board().shelf.get(run.config.dataset))
