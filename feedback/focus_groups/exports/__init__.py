"""What a group said, to take home by those who heard it."""
