"""The card to take home: a digit, how a network read it, and which network that was."""
