"""Pages of reviews and rounds, by noun."""
