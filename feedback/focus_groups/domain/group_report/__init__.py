"""The report on one focus group: what is known of it, and what COREQ asks beside that."""
