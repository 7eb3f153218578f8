"""Reports as one document model: what rooms say about themselves, before anybody prints it.

`sections` is where rooms register what they hold, `document` and `drawings` are what a section's
words become, `cells` keeps small groups from being recognised, `sayings` writes numbers and days in
the reader's language. Nothing here knows a format; the writers do.
"""
