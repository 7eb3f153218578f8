"""A backup is a folder: a dump of the database, the private files, and a manifest of both."""
