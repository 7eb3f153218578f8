"""The audit binder: for a result who, which version, when, what was said, and what is missing."""
