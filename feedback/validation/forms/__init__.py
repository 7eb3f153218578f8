"""Forms of validation, by noun."""
