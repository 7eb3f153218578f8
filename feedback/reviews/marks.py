"""The pass marks of policy version 1: plain numbers, read by the policy and by the figures."""

from __future__ import annotations

# (from this number of experts on, mark in hundredths): Davis 1992 (2 experts), Lynn 1986 (3 to 8),
# Polit and Beck 2006 (9 and more).
STRICT = ((2, 80), (3, 100), (6, 83), (9, 78))
