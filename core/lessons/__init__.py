"""What the lessons measure: small real networks and short real runs."""
