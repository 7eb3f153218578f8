"""Annexes that belong to no room: what a report explains of itself."""
