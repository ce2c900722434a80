"""What only Exam shows: one module for each section."""
