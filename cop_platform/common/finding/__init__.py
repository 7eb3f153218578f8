"""Finding by words: what was asked, who looks where, and what was found.

Every app registers sources in AppConfig.ready; the search page asks them all at once.
"""
