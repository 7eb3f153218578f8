"""What a validation report says of the communities themselves."""
