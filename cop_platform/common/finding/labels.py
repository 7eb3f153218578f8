"""Words of closed lists, which stand in no table: a role, a kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cop_platform.common.finding import snippets
from cop_platform.common.finding.needle import WRITTEN, Needle, Phrase, stem


def fitting(needle: Needle, choices: Iterable[tuple[Any, Any]]) -> list[Any]:
    """The values whose label, in the reader's language, holds every word of the question."""
    return [value for value, label in choices if _holds(str(label), needle)]


def _holds(label: str, needle: Needle) -> bool:
    words = [snippets.plain(word) for word in WRITTEN.findall(label)]
    return all(any(_said(phrase, words) for phrase in group) for group in needle.groups)


def _said(phrase: Phrase, words: list[str]) -> bool:
    return all(any(word.startswith(stem(part)) for word in words) for part in phrase)
