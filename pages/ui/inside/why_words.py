"""What an attribution says in words, what it does not prove, and the numbers it was measured by."""

from __future__ import annotations

from core.explain.attribution import Attribution

SHOWN = {
    "exact": "This network is linear: its score is one sum. Each pixel adds its brightness times "
    "one *weight*, and these are the amounts, with nothing left out.",
    "gradients": "The picture is lit up bit by bit, from black to the digit. Each pixel gets what "
    "it added to the score on the way (*integrated gradients*).",
    "occlusion": "A black patch of 3 × 3 pixels covers one place after the other. Each pixel shows "
    "how far the score falls when a patch lies over it, on average (*occlusion*).",
}
LIMITS = {
    "exact": "It shows what made this score, with black as the starting point. It does not show "
    "that the network knows strokes or shapes: it has one fixed weight for each pixel, so the same "
    "digit moved aside meets other weights.",
    "gradients": "It shows how the score came about, compared with a black picture. Compared with "
    "another picture the shares would differ. It does not show what the network “thinks”, nor that "
    "another digit with ink in these places is read the same way.",
    "occlusion": "It shows what one missing patch does to this score. Two strokes that can stand "
    "in for each other both seem useless, since only one is covered at a time. And a digit with a "
    "hole may be unlike all that the network has learned from.",
}


def sums(attribution: Attribution, method: str) -> str:
    """The measured numbers: from where to where the score goes, and what the pixels add up to."""
    term = "(one of the *logits*)" if attribution.rival is None else "(a difference of *logits*)"
    name = f"{score_name(attribution)} {term}"
    if method == "occlusion":
        return (
            f"Uncovered, the {name} is **{signed(attribution.full)}**. The amounts of the pixels "
            "need not add up to it."
        )
    text = (
        f"The {name} is **{signed(attribution.empty)}** for a black picture and "
        f"**{signed(attribution.full)}** for this one: a difference of "
        f"**{signed(attribution.rise)}**. The pixels add up to **{signed(attribution.total)}**."
    )
    if method == "gradients":
        text += " The two would be equal if the picture were lit up in steps without end."
    return text


def score_name(attribution: Attribution) -> str:
    """What is shared out, in words."""
    if attribution.rival is None:
        return f"score for {attribution.digit}"
    return f"lead of {attribution.digit} over {attribution.rival}"


def signed(value: float) -> str:
    """A score with two decimals and a true minus sign."""
    return f"{value:.2f}".replace("-", "−")
