"""What Home shows by itself: real pen digits as the shipped network reads them, recorded."""
