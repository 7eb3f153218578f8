"""From words to themes."""
