"""One training run: its buttons, its snapshot, what it remembers, how it is kept."""
