"""A number for each digit as bars: how much it is, or what it speaks for and against."""

from __future__ import annotations

import math

import numpy as np

from core.charts.mosaics import COLD, WARM

SIGNED_STYLE = """<style>
.signed { display: grid; grid-template-columns: 1rem 1fr 3.7rem; gap: 0 0.5rem; line-height: 1.35;
  align-items: center; font-variant-numeric: tabular-nums; font-size: 0.9rem; }
.signed .track { position: relative; height: 0.75rem; background: rgba(128, 128, 128, 0.18);
  border-radius: 3px; }
.signed .bar { position: absolute; top: 0; height: 100%; min-width: 1px; }
.signed span { text-align: right; }
</style>"""


def signed_bars(values: np.ndarray, for_and_against: bool = False) -> str:
    """Ten rows: the digit, its bar to the right (above zero) or to the left, the number. Grey, or
    orange and blue where the amounts are for and against."""
    finite = [value for value in values.tolist() if math.isfinite(value)]
    largest = max(map(abs, finite), default=0) or 1.0
    zero, room = (50, 50) if min(finite, default=0) < 0 else (0, 100)  # per cent of the width
    rows = []
    for digit, value in enumerate(values.tolist()):
        length = room * abs(value) / largest if math.isfinite(value) else 0
        start, colour = (zero, WARM) if value >= 0 else (zero - length, COLD)
        shade = f"rgb{tuple(colour.tolist())}" if for_and_against else "#808080"
        rows.append(
            f'<b>{digit}</b><div class="track"><div class="bar" style="left:{start:.1f}%;'
            f'width:{length:.1f}%;background:{shade}"></div></div>'
            f"<span>{number(value, '+z#.2g' if zero else '#.2g')}</span>"
        )
    return f'{SIGNED_STYLE}<div class="signed">{"".join(rows)}</div>'


def number(value: float, form: str = "#.2g") -> str:
    """A number for people, with a true minus sign; a dash for what is none."""
    return f"{value:{form}}".rstrip(".").replace("-", "−") if math.isfinite(value) else "–"
