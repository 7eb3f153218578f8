"""Can everybody follow? Guests' languages against the session's and its interpreters'.

A guest has a path who speaks a language of the session, or who speaks one language of an
interpreter whose other one is a language of the session. Everything here is plain values: no
query, no clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

ENGLISH = "en"
Pair = frozenset[str]


class Path(StrEnum):
    """How somebody follows a session."""

    SPEAKS = "speaks"
    INTERPRETED = "interpreted"
    NONE = "none"


@dataclass(frozen=True)
class Help:
    """The interpreter who would give most guests a path: between which two, to how many."""

    guest_language: str
    session_language: str
    people: int


def usual(country_languages: Iterable[str]) -> list[str]:
    """The languages of a session nobody chose some for: the hosts' one language, or English."""
    found = set(country_languages)
    return list(found) if len(found) == 1 else [ENGLISH]


def spoken(languages: Iterable[str], mail_language: str) -> frozenset[str]:
    """What somebody speaks; who lists no language reads mails in one at least."""
    return frozenset(languages) or frozenset([mail_language])


def path_of(speaks: frozenset[str], session: frozenset[str], pairs: Iterable[Pair]) -> Path:
    """How one guest follows."""
    if speaks & session:
        return Path.SPEAKS
    if any(pair & speaks and pair & session for pair in pairs):
        return Path.INTERPRETED
    return Path.NONE


def paths_of(
    guests: Mapping[int, frozenset[str]], session: Iterable[str], pairs: Iterable[Iterable[str]]
) -> dict[int, Path]:
    """How each guest follows, by the guest's key."""
    languages = frozenset(session)
    sets = [frozenset(pair) for pair in pairs]
    return {key: path_of(speaks, languages, sets) for key, speaks in guests.items()}


def best_help(without: Iterable[frozenset[str]], session: Sequence[str]) -> Help | None:
    """Which interpreter would help most of those without a path; None when nobody is.

    Between two that help as many, the language first in the alphabet, so that the advice is the
    same each time.
    """
    counted = Counter(language for speaks in without for language in speaks)
    if not counted or not session:
        return None
    language, people = min(counted.items(), key=lambda item: (-item[1], item[0]))
    into = ENGLISH if ENGLISH in session else min(session)
    return Help(language, into, people)
