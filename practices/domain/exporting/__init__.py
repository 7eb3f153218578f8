"""A whole community in one archive that opens without a network, and says nobody's name."""
