"""The gate before a release: what is open, who lets it pass all the same."""
