"""Several runs set beside one another: which reads better, on which images, by which setting."""
