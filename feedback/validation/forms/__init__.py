"""Forms clean what is typed; the domain decides."""
