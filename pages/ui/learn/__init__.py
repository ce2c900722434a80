"""What only Learn shows: the frame of a lesson, its progress, its measurements."""
