"""Runs on disk: a folder each, with all that is needed to show, compare and go on with them."""
