"""What a validation report says of good practices: a chapter, a table, two indicators."""
