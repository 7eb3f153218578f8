"""The report on one focus group as a document, and the page its participants get."""
