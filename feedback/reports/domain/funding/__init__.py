"""The funder's rules: the grant, its literal words in each language, and the pictures."""
