"""Where digits come from and how they are varied: MNIST, built-in handwriting, harder batches."""
