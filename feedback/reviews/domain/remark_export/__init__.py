"""Remarks on a version as files: its PDF with the remarks in it, a table for Word or Excel.

What goes into a file is what its page shows to the same reader, and nothing else: remarks are
gathered from the lists of the pages, by the same labels. The same remarks give the same bytes, for
everybody who may read them, so that no file tells who asked for it.
"""
