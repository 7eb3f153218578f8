"""A document becomes a file: one module a format, each a pure function of the document."""
