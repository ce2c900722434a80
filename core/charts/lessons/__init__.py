"""Charts of the lessons: curves that stand still, and what can be clicked."""
