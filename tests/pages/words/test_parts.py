"""The names of layers: plain ones, the field's own beside them, once."""

from types import SimpleNamespace

from pages.ui.words.parts import layer_labels


def test_layers_explain_once_what_they_are_made_of():
    layers = [("filter", 16), ("filter", 1200), ("unit", 1), ("unit", 10)]
    assert layer_labels([SimpleNamespace(noun=noun, units=units) for noun, units in layers]) == [
        "Layer 1: 16 pattern finders (filters)",
        "Layer 2: 1,200 filters",
        "Layer 3: 1 unit, one number each",
        "Layer 4: 10 units",
    ]
