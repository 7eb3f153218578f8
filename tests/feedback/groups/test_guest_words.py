"""Words of guests' pages: every language complete, its direction stored, sentences short."""

from __future__ import annotations

import re
from datetime import date

import pytest

from cop_platform import settings
from feedback.focus_groups.domain import guest_words

CODES = guest_words.LANGUAGES


def test_every_language_of_the_project_has_words():
    assert set(CODES) == {code for code, _name in settings.PROJECT_LANGUAGES}
