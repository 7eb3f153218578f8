"""What the community learns, to take home: by country and role, never by name."""
