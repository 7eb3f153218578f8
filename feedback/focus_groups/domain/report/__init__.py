"""What a validation report says of focus groups and forms: a chapter, an annex, sheets."""
