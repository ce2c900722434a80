"""What only Predict shows."""
