"""What a round came to: tables of figures, words, pictures, countries beside each other."""
