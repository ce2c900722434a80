"""What networks are made of: the layers, their names and order, what each hands on."""
