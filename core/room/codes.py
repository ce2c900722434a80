"""The code of a room: short enough to type, too long to guess.

Eight of 26 characters make 26^8 = 2.1e11 codes. Whoever tries ten a second, which is all that the
server looks at (limits.py), tries 864,000 in a day. With all 8 rooms of a server open, the chance
to have found one by then is 8 x 864,000 / 2.1e11: one in 30,000. And a room closes after two hours.
"""

from __future__ import annotations

import secrets

ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"  # without what looks alike: B and 8, I and 1, O and 0, …
LENGTH = 8


def new_code() -> str:
    """One that nobody can foresee."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """In two groups, as people read it: ACDE-FGHJ."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def typed(text: str) -> str:
    """What somebody typed or scanned, as a code: small letters, spaces and dashes do not matter."""
    return "".join(each for each in text[:40].upper() if each in ALPHABET)
