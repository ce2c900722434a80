"""How the networks that ship are made: their recipes, their cards, training and examining them."""
