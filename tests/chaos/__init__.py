"""What kills processes, and what must come of it: lost none, doubled none."""
