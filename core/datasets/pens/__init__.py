"""Digits that real people wrote with a pen: where they are from, and how they vary as strokes."""
