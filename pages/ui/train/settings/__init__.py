"""What to train: presets, your own network drawn as it will be, and every setting there is."""
