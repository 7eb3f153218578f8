"""Pages of validation, by noun."""
