"""What only Data shows: one module for each section."""
