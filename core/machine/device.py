"""Where networks are trained."""

import torch


def best_device() -> torch.device:
    """A CUDA device where there is one, the processor elsewhere."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
