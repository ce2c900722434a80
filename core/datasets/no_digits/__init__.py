"""What people draw that is no digit: letters, shapes, scribbles, two digits, half a digit."""
