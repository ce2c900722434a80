"""Made-up series and limits for the tests of charts."""

import numpy as np

LARGEST_MESSAGE = 20_000  # bytes
LENGTHS = (1, 2, 5, 50, 399, 400, 401, 1_290, 12_345, 100_000, 1_000_000)


def wobbly(count: int) -> np.ndarray:
    """Numbers that fall like a loss, with noise: float32 (count,)."""
    noise = np.random.default_rng(0).gamma(2.0, 0.5, count)
    return (noise * (0.1 + 2 / (1 + np.arange(count) / 100))).astype(np.float32)
