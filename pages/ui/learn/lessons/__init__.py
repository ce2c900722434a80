"""The ten lessons, one module each: `show()` is there at once, `measure()` comes after."""
