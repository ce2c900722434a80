"""One step of training looked at closely: all numbers of a batch, and the lines of the loop."""
