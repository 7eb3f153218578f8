"""Focus groups and feedback by link: what mentors and migrants say, and never who said it."""
