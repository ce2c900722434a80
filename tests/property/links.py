"""What the address of a page could hold: settings that are none, and texts meant to be rendered.

`check` asks that usable settings come out, and that what is said of the others is plain text.
"""

from __future__ import annotations

import re
from dataclasses import fields

from hypothesis import strategies as st

from core.config import CHOICES, PRESETS, TrainingConfig
from pages.ui.words.numbers import unmarked
from tests.property.damage import texts

SETTINGS = [each.name for each in fields(TrainingConfig)]
LONGEST = 400  # letters of what is said of one setting
ACTIVE = re.compile(r"[\[\]()!*`<>$#|~]|:(?=[^\s\u2060])|www\.")  # links, pictures, formulas

good = [pair for preset in PRESETS.values() for pair in preset.config.to_query().items()]
good += [(name, each) for name, table in CHOICES.items() for each in table]
names = st.sampled_from((*SETTINGS, "run", "lesson", "from"))
digits = st.text("0123456789,.-+e_ ", max_size=12)
pairs = st.one_of(st.sampled_from(good), st.tuples(names, digits), st.tuples(names, texts))
cases = st.lists(pairs, max_size=5).map(dict)


def check(case: dict[str, str]) -> bool:
    """Whether the link is good. Raises whatever comes out, for nothing should."""
    config, problems = TrainingConfig.from_query(case)
    assert TrainingConfig.from_dict(config.to_dict()) == config
    assert TrainingConfig.from_query(config.to_query()) == (config, [])
    for problem in problems:
        assert problem.setting in case
        said = str(problem)
        said.encode()
        assert len(said) < LONGEST and said.isprintable(), said
        assert not ACTIVE.search(re.sub(r"\\.", " ", unmarked(said))), said
    return not problems
