"""Digits on the page: as pictures, walls and numbers, how they are read, and why."""
