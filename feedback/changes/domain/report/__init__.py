"""What a validation report says of changes: what was asked, and what came of it."""
