"""*My learning* and certificates as documents, in the language of their reader."""
