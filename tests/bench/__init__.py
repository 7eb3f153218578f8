"""`make bench`: pages at scale beside a bare Django page, served and asked in the same way."""
