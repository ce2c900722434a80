"""Where networks are trained: a CUDA graphics card that works, the processor elsewhere.

That torch sees a card does not mean that it can use it: a card may be too old for this torch ("no
kernel image is available"), or full with the work of others.
"""

from __future__ import annotations

import logging
import threading

import torch

log = logging.getLogger(__name__)

_checking = threading.Lock()
_problem: str | None = None  # "" once a card was seen to work
_untold = False  # there is a problem that no visitor has heard of


def best_device() -> torch.device:
    """A CUDA device where there is one that works, the processor elsewhere."""
    global _problem, _untold
    if not torch.cuda.is_available():
        return torch.device("cpu")
    with _checking:
        if _problem is None:
            _problem = _try_card()
            _untold = bool(_problem)
    return torch.device("cpu" if _problem else "cuda")


def card_problem() -> str:
    """Why a card that is there cannot be used, in a sentence; said once for each server."""
    global _untold
    with _checking:
        told, _untold = _untold, False
    return f"The graphics card cannot be used ({_problem}): the processor does the work." * told


def card_is_full() -> bool:
    """Whether a card has no room because of others, rather than of what this server does."""
    try:
        free, whole = torch.cuda.mem_get_info()
        return whole - free > 2 * torch.cuda.memory_reserved() and free < whole / 4
    except (RuntimeError, AssertionError):  # there is none
        return False


def _try_card() -> str:
    """What happens when the card has to compute: nothing, or why it cannot, in its own words."""
    try:
        ones = torch.ones(8, 8, device="cuda")
        if float((ones @ ones).relu().sum()) != 512.0:
            return "it computes wrongly"
        return ""
    except Exception as error:  # a driver can make torch raise anything
        log.warning("The graphics card cannot be used: %s", error)
        return str(error).strip().splitlines()[0].rstrip(".:") if str(error).strip() else "it fails"
