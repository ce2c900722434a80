"""The charts of several runs: repeats as bands, a setting and its scores, a race."""
