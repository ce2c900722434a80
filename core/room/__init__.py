"""A room in which many phones draw digits and one network reads and learns them."""
