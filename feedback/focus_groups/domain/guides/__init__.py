"""What groups are asked, and where their people find help."""
