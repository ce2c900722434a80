"""Ruled lines, squares and margins: thin straight lines that run right across the sheet.

A pixel of ink belongs to one when it lies on such a line and the ink there is no thicker than the
line, so a stroke that crosses it stays whole: the way staff lines are taken from sheet music (I.
Fujinaga, "Staff Detection and Removal", 2004).
"""

import numpy as np

STRIPS = 16  # the picture is looked at in this many strips across the line
COVERED = 0.65  # of a strip is inked along a line
CROSSED = 0.6  # of the strips a line is seen in
STEEPEST = 0.1  # rise of a line for each pixel along it
SLOPES = 41
THICKEST = 0.025  # of a ruled line, in shares of the picture's longer side
REACH = 2  # pixels by which a line may leave its straight way
BOLDER = 1.35  # a pen this much darker than the lines stays where it runs along them


def without_ruling(mask: np.ndarray, contrast: np.ndarray) -> np.ndarray:
    """bool (H, W): the ink `mask` without ruled lines; all of it where there is none.

    contrast: float (H, W), how dark the ink is.
    """
    across, down = lines_across(mask), lines_across(mask.T).T
    rest = mask & ~across & ~down
    if across.any():  # without them more may be seen of those that run down
        rest &= ~lines_across((mask & ~across).T).T
    lines = mask & ~rest
    if not lines.any() or not rest.any():
        return mask
    faint, strong = np.median(contrast[lines]), np.percentile(contrast[rest], 75)
    if strong > BOLDER * faint:
        rest |= lines & (contrast > (faint + strong) / 2)
    return rest


def lines_across(mask: np.ndarray) -> np.ndarray:
    """bool (H, W): the ink of straight lines from the left side to the right side."""
    height, width = mask.shape
    if width < 2 * STRIPS:
        return np.zeros_like(mask)
    rows, slopes = ways_across(mask)
    if not len(rows):
        return np.zeros_like(mask)
    on_lines = np.zeros_like(mask)
    along = np.arange(width) - width / 2
    for reach in range(-REACH, REACH + 1):
        places = (rows[:, None] + slopes[:, None] * along + reach).round().astype(int)
        on_lines[places.clip(0, height - 1), np.arange(width)[None]] = True
    found = on_lines & mask
    if not found.any():
        return found
    runs = run_lengths(mask)
    thickness = np.median(runs[found])
    if thickness > THICKEST * max(mask.shape):
        return np.zeros_like(mask)
    return found & (runs <= 1.5 * thickness + 1)


def ways_across(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lines (N,): rows at which they cross the middle of the picture, and their slopes."""
    height, width = mask.shape
    thick = mask.copy()
    thick[1:] |= mask[:-1]
    thick[:-1] |= mask[1:]
    bounds = np.linspace(0, width, STRIPS + 1).astype(int)
    seen = np.add.reduceat(thick, bounds[:-1], axis=1) >= COVERED * np.diff(bounds)  # (H, strips)
    if seen.any(0).sum() < CROSSED * STRIPS:
        return np.empty(0, dtype=int), np.empty(0)  # most paper is plain: the rest takes long
    middles = (bounds[1:] + bounds[:-1]) / 2 - width / 2
    slopes = np.linspace(-STEEPEST, STEEPEST, SLOPES)
    shifts = (slopes[:, None] * middles).round().astype(int)  # (slopes, strips)
    reach = int(np.abs(shifts).max())
    padded = np.pad(seen.T.astype(np.uint8), ((0, 0), (reach, reach)))  # (strips, H + 2 reach)
    counts = np.zeros((SLOPES, height), dtype=np.uint8)
    for number, row in enumerate(shifts):
        along = [
            strip[reach + s : reach + s + height] for strip, s in zip(padded, row, strict=True)
        ]
        whole = along[0] | along[-1]  # boxes and underlines end earlier
        counts[number] = np.add.reduce(along) * whole
    best = counts.argmax(0)
    rows = np.flatnonzero(counts.max(0) >= CROSSED * STRIPS)
    return rows, slopes[best[rows]]


def run_lengths(mask: np.ndarray) -> np.ndarray:
    """int (H, W): how many inked pixels follow one another up and down through each of them."""
    columns = np.pad(mask.T, ((0, 0), (1, 1)))  # (W, H + 2), so that no run leaves its column
    changes = np.diff(columns.ravel().astype(np.int8), prepend=0)
    begins, ends = np.flatnonzero(changes == 1), np.flatnonzero(changes == -1)
    lengths = np.zeros(columns.size, dtype=int)
    lengths[columns.ravel()] = np.repeat(ends - begins, ends - begins)
    return lengths.reshape(columns.shape)[:, 1:-1].T
