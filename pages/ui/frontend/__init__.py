"""The scripts and style sheets of our own components, and what makes a component of them."""
