"""Briefs: suggestions grouped under themes, for one audience, each line citing its source."""
