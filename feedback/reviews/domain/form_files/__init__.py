"""A review as a Word or Excel form: for writers who must work in one, out and back in.

Rows carry keys that no label decides, so that a form in any script comes back whole; answers are
numbers and "na". Nothing here writes a draft: what was read is shown first and saved by the desk.
"""
