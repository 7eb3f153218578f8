"""What a validation report says of questions among colleagues: a chapter in figures."""
