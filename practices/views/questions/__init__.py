"""Views translate: load through visible_to, clean, one domain call, answer."""
