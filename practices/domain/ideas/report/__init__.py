"""What a report says of ideas: how far they got, how soon they were answered."""
