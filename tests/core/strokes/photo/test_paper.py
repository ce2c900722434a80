"""The paper below the ink is found, whatever the light."""

import numpy as np
import pytest

from core.strokes.photo.paper import smooth_paper


def paper(height: int, width: int) -> np.ndarray:
    """Uneven light, float32 (height, width): a quadratic surface."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    return (0.7 + 0.1 * x - 0.05 * y + 0.04 * x * y - 0.08 * x * x).astype(np.float32)


@pytest.mark.parametrize("shape", [(144, 192), (192, 60), (8, 8), (1, 192), (192, 1)])
def test_the_light_is_found_below_the_ink(shape):
    """In the last two the picture is so narrow that many surfaces fit."""
    light = paper(*shape)
    grey = light.copy()
    grey[:, shape[1] // 2 : shape[1] // 2 + shape[1] // 12] = 0.1  # a line of ink
    found = smooth_paper(grey)
    np.testing.assert_allclose(found, light, atol=5e-3)


@pytest.mark.parametrize("brightness", [0, 0.3, 1])
def test_even_light_is_even(brightness):
    grey = np.full((30, 40), brightness, dtype=np.float32)
    np.testing.assert_allclose(smooth_paper(grey), grey, atol=1e-6)
