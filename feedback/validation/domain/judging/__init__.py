"""From the figures to a verdict in force: proposal, signatures, heirs, withdrawal."""
