"""Codes, consents and receipts."""
