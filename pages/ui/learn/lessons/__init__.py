"""The ten lessons: `show` is the thing to touch, `reveal` comes after the guess."""
