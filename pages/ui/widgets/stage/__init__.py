"""The stage of Home and Predict: a digit on the left, the network that reads it, its answer."""
