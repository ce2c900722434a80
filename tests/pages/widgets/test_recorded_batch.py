"""One batch in eight steps: each has its words, its line of the trainer, its numbers."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from core.runs.microscope.loop_lines import STEPS as NAMES
from core.runs.microscope.loop_lines import loop_lines
from pages.ui.widgets.recorded_batch import STEPS, WHAT_HAPPENED


def test_there_are_words_for_every_step_in_its_order():
    assert tuple(STEPS) == NAMES
    assert set(WHAT_HAPPENED) <= set(NAMES)


def show_one() -> None:
    """The page of the test: a tiny run's first batch. It runs by itself, so it imports all."""
    import torch

    from core.data import DigitDataset, Digits
    from core.runs.microscope.stepper import Stepper
    from pages.ui.widgets.recorded_batch import show_batch

    generator = torch.Generator().manual_seed(0)
    images = torch.randint(0, 256, (40, 28, 28), generator=generator).to(torch.uint8)
    digits = Digits(images, torch.arange(40) % 10)
    stepper = Stepper(DigitDataset("tiny", digits, digits[:0], digits[:0]))
    stepper.step()
    show_batch(stepper.record, stepper)


def test_every_step_is_shown_and_the_real_lines_below_them(home):
    page = AppTest.from_function(show_one, default_timeout=60).run()
    assert not page.exception
    headings = [each.value for each in page.markdown if each.value.startswith("**")]
    assert headings == [f"**{n} · {long}**" for n, (_, long) in enumerate(STEPS.values(), start=1)]
    (code,) = page.code
    *lines, epochs = loop_lines().values()
    assert [line.strip() for line in code.value.splitlines()] == "\n".join(lines).splitlines()
    assert epochs not in code.value
    told = " ".join(each.value for each in page.caption)
    assert "Mean of all 40, the *loss*: " in told
    assert "2 batches to go" in told
