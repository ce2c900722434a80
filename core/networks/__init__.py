"""The networks that ship: weights and cards, their recipes, and how they are made."""
