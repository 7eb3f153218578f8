"""Pages of members to members."""
