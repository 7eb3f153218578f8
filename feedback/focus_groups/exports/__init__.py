"""What is taken home from focus groups as a file."""
