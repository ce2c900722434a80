"""Where the ink of an image lies."""

from __future__ import annotations

import numpy as np


def ink_box(image: np.ndarray) -> tuple[range, range]:
    """The rows and the columns from the first to the last with ink; all of an empty image.

    image: uint8 (H, W), ink above 0.
    """
    first_and_last = []
    for side, inked in enumerate((image.any(axis=1), image.any(axis=0))):
        places = np.flatnonzero(inked)
        ends = (int(places[0]), int(places[-1])) if len(places) else (0, image.shape[side] - 1)
        first_and_last.append(range(ends[0], ends[1] + 1))
    rows, columns = first_and_last
    return rows, columns
