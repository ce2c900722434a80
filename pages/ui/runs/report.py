"""A run on one sheet of paper: what was trained, how it went, how well it reads, and where not.

One HTML file that needs nothing beside it, in black on white. It lays out what others measured.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from core.charts.printed import confusion_picture, loss_picture
from core.config import DATASETS, TrainingConfig
from core.runs.kept.run import Run
from pages.ui.widgets.digits.pictures import picture
from pages.ui.words.numbers import counted, duration, percent
from pages.ui.words.settings import NAMES, network_in_words, value_in_words

MISTAKES = 24  # that have room

STYLE = """
@page { size: A4; margin: 10mm; }
* { box-sizing: border-box; }
body { font: 10pt/1.35 system-ui, sans-serif; color: #111; background: #fff; margin: 0 auto;
  max-width: 190mm; padding: 4mm; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
h1 { font-size: 19pt; line-height: 1.15; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 11pt; margin: 0 0 1mm; }
p { margin: 1mm 0 0; overflow-wrap: anywhere; }
p, small { font-size: 8.5pt; color: #444; }
.score { font-size: 30pt; font-weight: 700; line-height: 1.1; white-space: nowrap; }
.row { display: grid; grid-template-columns: 7fr 10fr; gap: 6mm; margin-top: 4mm; }
.head { grid-template-columns: 1fr auto; align-items: end; }
.row > * { min-width: 0; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; }
th, td { text-align: left; font-weight: 400; padding: 0.3mm 0; vertical-align: top;
  border-bottom: 1px solid #ddd; }
th { white-space: nowrap; padding-right: 2mm; }
td { text-align: right; overflow-wrap: anywhere; }
svg { width: 100%; height: auto; display: block; }
.tiles { display: grid; grid-template-columns: repeat(6, 1fr); gap: 2mm 1.5mm; }
figure { margin: 0; text-align: center; font-size: 8.5pt; }
figure img { width: 100%; display: block; image-rendering: pixelated; border-radius: 1mm; }
@media print { body { padding: 0; max-width: none; } }
@media (max-width: 560px) { .row { grid-template-columns: 1fr; } }
"""


@dataclass(frozen=True)
class Mistakes:
    """Test images that the network misread: images uint8 (N, 28, 28), labels and answers int (N,);
    total: how many there are in all."""

    images: np.ndarray
    labels: np.ndarray
    answers: np.ndarray
    total: int


def report_html(run: Run, mistakes: Mistakes | None) -> str:
    """The whole page. mistakes: None where the test images are not at hand."""
    exams = [(point.iteration, point.loss) for point in run.validation]
    name = html.escape(run.name)
    learning = "<small>This is the network alone: how it learned is not known.</small>"
    if len(run.losses):
        learning = f"<h2>How it learned</h2>{inline(loss_picture(run.losses, exams))}"
    matrix = confusion_picture(run.test.confusion.numpy()) if run.test else b""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>
<body><div class="row head"><div><h1>{name}</h1><small>{html.escape(facts(run))}</small></div>
<div>{score_html(run)}</div></div><p>{html.escape(run.label.note)}</p>
<div class="row"><div><h2>Settings</h2>{table_html(settings(run.config))}</div>
<div>{learning}{table_html(exam_rows(run))}</div></div>
<div class="row"><div>{confusion_html(matrix)}</div><div>{mistakes_html(mistakes)}</div></div>
</body></html>"""


def facts(run: Run) -> str:
    """For example: 784-100-50-10 · 2026-01-02 · trained for about 20 seconds · torch 2.13.0."""
    done = len(run.losses)
    of_all = f"{done:,} of {run.total_iterations:,} batches"
    batches = counted(done, "batch") if run.complete else of_all
    parts = [
        network_in_words(run.config),
        *([run.origin.begun[:10]] if run.origin.begun else []),
        *([f"trained for {duration(run.seconds)}", batches] if done else []),
        *(f"{name} {number}" for name, number in run.origin.versions.items()),
    ]
    return " · ".join(parts)


def score_html(run: Run) -> str:
    """The score, with what it was measured on; nothing before there is one."""
    if run.test is None:
        return "<p>It has sat no exam yet.</p>"
    low, high = (percent(end) for end in run.test.interval)
    on = html.escape(DATASETS[run.config.dataset].label)
    return (
        f'<div class="score">{percent(run.test.accuracy)}</div><small>{run.test.correct:,} of '
        f"{run.test.images:,} exam digits ({on})<br>on others of this kind: {low} to {high}</small>"
    )


def settings(config: TrainingConfig) -> Mapping[str, str]:
    """All of them, by name."""
    return {
        NAMES[each.name]: value_in_words(each.name, getattr(config, each.name))
        for each in fields(config)
    }


def exam_rows(run: Run) -> Mapping[str, str]:
    """The last practice exam, if there was one."""
    if not run.validation:
        return {}
    last = run.validation[-1]
    return {f"Practice exam: {last.images:,} digits": f"{percent(last.accuracy)} right at the end"}


def confusion_html(matrix: bytes) -> str:
    """matrix: an SVG; empty before there is an exam."""
    return f"<h2>What it took for what</h2>{inline(matrix)}" if matrix else ""


def mistakes_html(mistakes: Mistakes | None) -> str:
    """The first ones as tiles."""
    if mistakes is None:
        return (
            "<small>The test images were not on the server, so its mistakes are not shown.</small>"
        )
    shown = zip(mistakes.images, mistakes.labels, mistakes.answers, strict=True)
    tiles = "".join(
        f'<figure><img src="{picture(image)}" alt="A {label} read as {answer}">'
        f"{label} → {answer}</figure>"
        for image, label, answer in list(shown)[:MISTAKES]
    )
    count = counted(mistakes.total, "mistake")
    return f'<h2>{count}, the surest first</h2><div class="tiles">{tiles}</div>'


def table_html(rows: Mapping[str, str]) -> str:
    """Names and values."""
    body = "".join(
        f"<tr><th>{html.escape(name)}</th><td>{html.escape(value)}</td></tr>"
        for name, value in rows.items()
    )
    return f"<table>{body}</table>"


def inline(svg: bytes) -> str:
    """A picture as a part of the page: without the lines that make it a file."""
    text = svg.decode()
    return text[text.index("<svg") :]
