"""Pages on how communities form."""
