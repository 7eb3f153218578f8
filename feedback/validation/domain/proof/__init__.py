"""What proves a verdict to strangers: endorsements, badges, credentials, files that are checked."""
