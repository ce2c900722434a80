"""The charts of Runs."""
