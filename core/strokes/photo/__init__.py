"""What is on a picture: paper, ink, ruled lines, pieces, and which of them are digits."""
