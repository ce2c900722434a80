"""Thins, smooths and rounds long series of numbers, so that a chart of a million iterations is as
quick and as small as one of a thousand, and looks the same. It knows nothing of charts.
"""

from __future__ import annotations

import math

import numpy as np

SIGNIFICANT_DIGITS = 4


def thin(values: np.ndarray, limit: int) -> tuple[np.ndarray, np.ndarray]:
    """Choose at most `limit` of `values`, (N,), so that a line through them looks the same.

    Returns their positions, int64 (M,), rising, and the values there, float32 (M,). M <= limit;
    all are kept when N <= limit. Otherwise the smallest and the largest of each stretch of equal
    length are kept, so no peak vanishes, and the first and the last value always. The stretches
    start at 0 and grow in few steps, so that points once drawn stay where they are while a run
    goes on. Values that are not finite are passed over, except in a stretch that has no others:
    there one stays, as a gap in the line. Raises ValueError for a limit below 4.
    """
    if limit < 4:
        raise ValueError(f"limit is {limit}; to keep peaks it must be 4 or more")
    values = np.asarray(values, dtype=np.float32)
    count = len(values)
    if count <= limit:
        return np.arange(count), values
    length = stretch_length(count, (limit - 2) // 2)
    whole = count - count % length
    chosen = [[0, count - 1], extremes(values[:whole], length)]
    if whole < count:
        chosen.append(whole + extremes(values[whole:], count - whole))
    positions = np.unique(np.concatenate(chosen))
    return positions, values[positions]


def extremes(values: np.ndarray, length: int) -> np.ndarray:
    """Where the smallest and the largest finite value of each stretch of `length` values lie."""
    table = values.reshape(-1, length)
    finite = np.isfinite(table)
    low, high = table, table
    if not finite.all():
        low, high = np.where(finite, table, np.inf), np.where(finite, table, -np.inf)
    starts = np.arange(len(table)) * length
    return np.concatenate([starts + low.argmin(axis=1), starts + high.argmax(axis=1)])


def stretch_length(count: int, stretches: int) -> int:
    """The least length out of 1, 2, 3, 4, 6, 8, 12, … that cuts `count` values into `stretches`."""
    needed = math.ceil(count / stretches)
    power = 1 << max(0, needed - 1).bit_length()
    return power * 3 // 4 if power >= 4 and power * 3 // 4 >= needed else power


def smooth(values: np.ndarray, span: int) -> np.ndarray:
    """At each place the mean of the last `span` values, (N,) to float32 (N,); 1 changes nothing.

    Near the start it is the mean of the values there are. Values that are not finite are left
    out; where a whole window has no others the mean is NaN. Raises ValueError for a span below 1.
    """
    if span < 1:
        raise ValueError(f"span is {span}; it must be 1 or more")
    values = np.asarray(values, dtype=np.float32)
    finite = np.isfinite(values)
    if finite.all():
        counts = np.minimum(np.arange(1, len(values) + 1), span)
        return (window_sums(values, span) / counts).astype(np.float32)
    counts = window_sums(finite, span)
    sums = window_sums(np.where(finite, values, 0), span)
    means = np.divide(sums, counts, out=np.full(len(values), np.nan), where=counts > 0)
    return means.astype(np.float32)


def window_sums(values: np.ndarray, span: int) -> np.ndarray:
    """The sum of the last `span` values at each place, in one pass however long the span.

    Cut into blocks of `span`, each window is the end of one block and the beginning of the next.
    Unlike the difference of two running totals, nothing is subtracted: one enormous value spoils
    only the windows that it lies in. (The idea is van Herk's and Gil and Werman's, 1992, for
    running maxima.)
    """
    count = len(values)
    span = max(1, min(span, count))
    blocks = np.zeros((math.ceil(count / span), span))
    blocks.ravel()[:count] = values
    sums = blocks.cumsum(axis=1).ravel()
    ends = blocks[:, ::-1].cumsum(axis=1)[:, ::-1]
    ends[:, 0] = 0.0  # a window that is one whole block takes nothing from the block before
    sums[span:] += ends.ravel()[1 : sums.size - span + 1]
    return sums[:count]


def smooth_thinned(values: np.ndarray, span: int, limit: int) -> tuple[np.ndarray, np.ndarray]:
    """`smooth`, at no more than `limit` places: positions int64 (M,) and means float32 (M,).

    The places are the ends of stretches of equal length. Where a stretch is longer than `span`,
    the mean of the whole stretch is taken instead, so that no value is left out of the line.
    """
    values = np.asarray(values, dtype=np.float32)
    length = stretch_length(len(values), limit)
    ends = np.append(np.arange(length, len(values), length), len(values))[: len(values)]
    if span >= length:
        return ends - 1, smooth(values, span)[ends - 1]
    return ends - 1, stretch_means(values, length).astype(np.float32)


def stretch_means(values: np.ndarray, length: int) -> np.ndarray:
    """The mean of the finite values in each stretch of `length`; NaN where there is none."""
    starts = np.arange(0, len(values), length)
    finite = np.isfinite(values)
    sums = np.add.reduceat(np.where(finite, values, 0), starts, dtype=np.float64)
    counts = np.add.reduceat(finite, starts, dtype=np.int64)
    return np.divide(sums, counts, out=np.full(len(starts), np.nan), where=counts > 0)


def rounded(values: np.ndarray, positive: bool = False) -> list[float | None]:
    """`values` with four significant digits, for JSON: None where there is no finite number.

    positive: also None for zero and less, which a logarithmic axis cannot show.
    """
    return [
        float(f"{value:.{SIGNIFICANT_DIGITS}g}")
        if math.isfinite(value) and (value > 0 or not positive)
        else None
        for value in values.tolist()
    ]
