"""What only Inside shows: one module for each section."""
