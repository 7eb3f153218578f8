"""How a date is written where a template does not say it: as on all pages, 24 Feb 2026."""
