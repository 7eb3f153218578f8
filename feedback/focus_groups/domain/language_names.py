"""The project's languages by their names, and the direction they are written in."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

_NAMES = dict(settings.PROJECT_LANGUAGES)
_RIGHT_TO_LEFT = frozenset({"ar", "fa"})


def named(code: str) -> str:
    """The name of a language, in the reader's; a code of none of ours stays as it is."""
    return str(_NAMES.get(code, code))


def listed(codes: Iterable[str]) -> str:
    """Several languages in one line."""
    return ", ".join(map(named, codes))


def direction(code: str) -> str:
    """The `dir` of words in that language: rtl or ltr."""
    return "rtl" if code in _RIGHT_TO_LEFT else "ltr"


def ordered(first: str) -> list[tuple[str, str]]:
    """All languages of the project as choices, this one and English at the head."""
    head = [code for code in dict.fromkeys((first, "en")) if code in _NAMES]
    return [(code, named(code)) for code in [*head, *(c for c in _NAMES if c not in head)]]
