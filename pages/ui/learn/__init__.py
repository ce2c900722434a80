"""What only Learn shows: the list of lessons, their frame, and which are done."""
