"""The eight lines of the training loop in a ring: the thing to touch of lesson 8.

Each has a picture of what it is about, before the first step, too: what is known by then, or an
icon in lines. What a step measured is then written into the same picture, and below it in words.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

import numpy as np

from core.charts.mosaics import digits_mosaic
from core.charts.palette import PALETTE
from core.charts.parts import GUESS
from pages.ui.widgets.digits.pictures import picture
from pages.ui.widgets.recorded_batch import STEPS

SHOWN = 10  # images of a batch
ACROSS = 5  # of them side by side
POINTS = 10  # so many kept losses the picture has room for at first

PLACES = ("1 / 1", "1 / 2", "1 / 3", "2 / 3", "3 / 3", "3 / 2", "3 / 1", "2 / 1")  # of the ring
ARROWS = "→→↓↓←←↑↑"
PACE = 0.3  # seconds from line to line

# Lines of an SVG; st.html lets none through, so each is a mask for the colour of the text.
VALLEY = '<path d="M6 4Q50 62 114 8"/>'
ICONS = {
    "zero_grad": '<path stroke-dasharray="3 4" d="M4 32 22 8M24 32 42 8"/>'
    '<path d="M52 20h16m-6-6 6 6-6 6M80 28h16M102 28h16"/>',
    "backward": f'{VALLEY}<path stroke-dasharray="3 4" d="M4 8 50 42"/>'
    '<circle fill="#000" cx="24" cy="23" r="5"/>',
    "step": f'{VALLEY}<circle cx="24" cy="23" r="5"/><circle fill="#000" cx="46" cy="33" r="5"/>'
    '<path d="M34 12Q46 10 49 22m-6-4 6 4 3-7"/>',
}
ICON = 'viewBox="0 0 120 44" stroke="#000" stroke-width="2"'
MEASURED = PALETTE["bluish green"]

STYLE = """<style>
.ring { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.5rem;
  grid-auto-rows: minmax(9.25rem, auto); }
.ring > div { position: relative; border-radius: 8px; padding: .5rem .75rem; }
.ring > div[data-arrow] { border: 2px solid rgba(128, 128, 128, .4); }
.ring > [data-arrow].next { border-color: light-dark(#0072B2, #56B4E9);
  background: rgba(86, 180, 233, .25); }
.ring > [data-arrow]::after { content: attr(data-arrow); position: absolute; font-size: 1.25rem;
  line-height: 1.5rem; width: 1.5rem; text-align: center; }
.ring > [data-arrow="→"]::after { left: 100%; top: calc(50% - .75rem); }
.ring > [data-arrow="←"]::after { right: 100%; top: calc(50% - .75rem); }
.ring > [data-arrow="↓"]::after { top: 100%; left: calc(50% - .75rem); }
.ring > [data-arrow="↑"]::after { bottom: 100%; left: calc(50% - .75rem); }
.ring b { display: block; font-size: 1.1rem; font-variant-numeric: tabular-nums;
  min-height: 1lh; }
.ring .middle { display: grid; place-content: center; text-align: center; line-height: 1.4; }
.ring .middle b { font-size: 2.5rem; line-height: 1.2; }
.ring figure { margin: .25rem 0; height: 4.25rem; max-width: 10rem; display: grid;
  align-content: center; font-size: .75rem; }
.ring img { width: 100%; image-rendering: pixelated; border-radius: var(--tile-radius); }
.ring .icon { height: 4.25rem; background: currentColor; mask: var(--lines) 0 / contain no-repeat; }
.ring .answers { display: grid; grid-template-columns: repeat(ACROSS, 1fr); gap: 2px; }
.ring .answers span { aspect-ratio: 1; display: grid; place-content: center; font-size: 1rem;
  line-height: 1; border-radius: var(--tile-radius); border: 1px solid rgba(128, 128, 128, .4); }
.ring .answers .right { border: 2px solid; font-weight: 700; }
.ring .scale { height: 1rem; border-radius: .5rem; overflow: hidden;
  background: rgba(128, 128, 128, .2); }
.ring .scale i { display: block; height: 100%; width: calc(100% * var(--share));
  background: MEASURED; }
.ring .ends { display: flex; justify-content: space-between; margin-top: .25rem; }
.ring .kept { border: solid rgba(128, 128, 128, .6); border-width: 0 0 1px 1px; }
@keyframes now { from, 90% { border-color: light-dark(#0072B2, #56B4E9);
  background: rgba(86, 180, 233, .25); } }
@keyframes wait { from, to { border-color: rgba(128, 128, 128, .4); background: none; } }
@keyframes came { from { opacity: 0; } }
@media (prefers-reduced-motion: no-preference) {
  .ring .ran { animation: now PACEs calc(var(--turn) * PACEs); }
  .ring .ran.next { animation: now PACEs, wait calc(7 * PACEs) PACEs; } /* once around */
  .ring .ran :is(b, .answers, i, .kept img) {
    animation: came .1s calc(var(--turn) * PACEs) both; }
}
@media (max-width: 640px) {
  .ring { gap: 1.25rem; font-size: .85rem; }
  .ring > div { padding: .4rem; }
  .ring b { font-size: .9rem; min-height: 2lh; }
  .ring .answers span { font-size: .75rem; }
  .ring .middle b { font-size: 1.75rem; min-height: 0; }
}
</style>"""
for name, value in (
    ("ACROSS", str(ACROSS)),
    ("PACE", str(PACE)),
    ("MEASURED", MEASURED),
):
    STYLE = STYLE.replace(name, value)


def ring_html(pictures: Mapping[str, str], said: Mapping[str, str], steps: int) -> str:
    """The ring after so many steps: of each line its picture, and what it did, if it did.

    Both by the names of STEPS; a line without a picture of its own has its icon.
    """
    pictures = {name: _icon(lines) for name, lines in ICONS.items()} | dict(pictures)
    boxes = "".join(
        f'<div class="{"ran" if said else ""}{" next" * (turn == 0)}" data-arrow="{ARROWS[turn]}" '
        f'style="grid-area: {PLACES[turn]}; --turn: {turn}">{turn + 1} · {words}'
        f"<figure>{pictures[name]}</figure><b>{said.get(name, '')}</b></div>"
        for turn, (name, (words, _)) in enumerate(STEPS.items())
    )
    return (
        f'{STYLE}<div class="ring">{boxes}<div class="middle" style="grid-area: 2 / 2">'
        f"<b>{steps:,}</b>{'step' if steps == 1 else 'steps'} taken<br>once around = 1 step"
        "</div></div>"
    )


def batch_picture(images: np.ndarray, batch_size: int) -> str:
    """The first images of a batch of this size: float (N, 28, 28) in [0, 1]."""
    sheet = picture(digits_mosaic(images[:SHOWN], ACROSS))
    return f'<img src="{sheet}" alt="The first of {batch_size} digits">'


def answers_picture(answers: Sequence[int], labels: Sequence[int]) -> str:
    """What it answered to those images, the right ones framed; before it did, question marks."""
    known = [
        f'<span class="{"right" if answer == label else "wrong"}">{answer}</span>'
        for answer, label in zip(answers[:SHOWN], labels[:SHOWN], strict=True)
    ]
    return f'<div class="answers">{"".join(known or ["<span>?</span>"] * SHOWN)}</div>'


def loss_picture(loss: float | None) -> str:
    """The loss on a scale that ends at that of a guess; before it is known, the scale."""
    share = 0 if loss is None else min(1, loss / GUESS)
    ends = f"<span>0: all right</span><span>{GUESS:.1f}: guessed</span>"
    return f'{_scale(share)}<div class="ends">{ends}</div>'


def kept_picture(losses: Sequence[float]) -> str:
    """The curve of the losses kept so far, on axes from zero."""
    across = max(POINTS, len(losses)) - 1
    points = [
        (4 + 152 * place / across, 64 - 60 * min(1, loss / GUESS))
        for place, loss in enumerate(losses)
    ]
    line = f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
    newest = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{MEASURED}"/>' for x, y in points[-1:]
    )
    look = f'viewBox="0 0 160 64" stroke="{MEASURED}" stroke-width="3"'
    return f'<div class="kept"><img src="{_lines(line + newest, look)}" alt=""></div>'


def progress_picture(share: float) -> str:
    """How much of the training is done, 0 to 1."""
    return _scale(share)


def _scale(share: float) -> str:
    return f'<div class="scale"><i style="--share: {share:.4f}"></i></div>'


def _icon(lines: str) -> str:
    return f'<div class="icon" style="--lines: url({_lines(lines, ICON)})"></div>'


def _lines(lines: str, look: str) -> str:
    """Lines of an SVG as an address."""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {look} fill="none" stroke-linecap="round" '
        f'stroke-linejoin="round">{lines}</svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode('ascii')}"
