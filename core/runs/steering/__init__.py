"""The buttons of a run: what they mean, its speed, who is there, the wait between batches."""
