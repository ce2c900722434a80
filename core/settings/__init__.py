"""What a setting may be: the choices, how a wrong value is told, how a link carries it."""
