"""What a visitor takes home: the card of a digit that was read, and a network in one file."""
