"""The quality board: where each required edition stands in each country, and what is missing."""
