"""What only Room shows: a pad on every phone, and the wall before the presenter."""
