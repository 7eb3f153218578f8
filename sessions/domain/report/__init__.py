"""What a validation report says of sessions: a chapter, an annex, a sheet."""
