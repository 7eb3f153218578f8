"""Planning a group, and proving that it was held."""
