"""Ideas: handing in, votes, merging, answers, tests, figures."""
