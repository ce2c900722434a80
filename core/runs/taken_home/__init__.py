"""A run leaves the app and comes back: one file with all of it, weights, code, a report."""
