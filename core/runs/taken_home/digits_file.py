"""The built-in handwriting as one file, which the stand-alone script reads: these digits cannot be
downloaded anywhere. What is in it and where the digits come from is in core/datasets/generated.py.
"""

from __future__ import annotations

import io

import numpy as np

from core.data import DigitDataset


def digits_file(dataset: DigitDataset) -> bytes:
    """A compressed .npz (numpy.load reads it): images and test_images, uint8 (N, 28, 28), labels
    and test_labels, int64 (N,). The validation part is left out; the script needs none."""
    file = io.BytesIO()
    np.savez_compressed(
        file,
        images=dataset.train.images.numpy(),
        labels=dataset.train.labels.numpy(),
        test_images=dataset.test.images.numpy(),
        test_labels=dataset.test.labels.numpy(),
    )
    return file.getvalue()
