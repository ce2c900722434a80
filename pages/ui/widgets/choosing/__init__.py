"""Choosing one of several: an entry of a list, a dataset, a digit, a network."""
