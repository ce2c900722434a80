"""What only Runs shows: the rows, one run and what can be done with it, several compared."""
