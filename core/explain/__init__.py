"""Why a network answers as it does: attribution, units, flips, ideal digits, the map of digits."""
