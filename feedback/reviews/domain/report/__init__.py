"""What reports hold of reviews: the panel, and the questions it was asked."""
