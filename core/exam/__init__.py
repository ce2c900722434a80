"""An exam image by image: scores, mistakes, calibration, and how a network bears moved digits."""
