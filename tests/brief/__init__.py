"""The rows of the brief, each shown on the whole demo."""
