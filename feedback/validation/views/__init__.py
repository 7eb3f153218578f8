"""Pages of what is said about a version, by noun."""
