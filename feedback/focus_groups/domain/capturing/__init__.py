"""What was said: noting it, checking it, keeping a recording until it is typed."""
