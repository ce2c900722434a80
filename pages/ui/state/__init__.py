"""What lasts: of the server (one process), of one visit (typed), and of the address of the page."""
