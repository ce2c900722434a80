"""Several runs beside one another: which reads better, how each learned, the same digits read."""
