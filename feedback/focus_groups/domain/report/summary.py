"""What those who took part get back: half a page in their language, in short sentences.

The fixed sentences come from the words of guests' pages (`words/summary/`). What people raised and
asked for stands in the language in which the team wrote it down, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from feedback.changes.enums import Decision
from feedback.focus_groups.domain.easy import guest_words
from feedback.focus_groups.domain.easy.guest_words import Words
from feedback.focus_groups.domain.group_report.facts import OneGroup
from feedback.focus_groups.domain.report.facts import AskedFacts
from feedback.focus_groups.models import FocusGroup

# What fits on half a page.
_QUESTIONS, _POINTS = 3, 3


@dataclass(frozen=True)
class Line:
    """A line of the team's or of a guide; `language` "" where it is the page's own or unknown."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Part:
    """A heading, sentences under it, and lines that are listed."""

    heading: str
    sentences: tuple[str, ...]
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Summary:
    """The half page, ready for a template."""

    code: str
    direction: str
    title: str
    opening: tuple[str, ...]
    parts: tuple[Part, ...]


def languages(group: FocusGroup) -> tuple[str, ...]:
    """Those of the group in which the fixed sentences are kept; English where there is none."""
    spoken = tuple(code for code in group.languages if guest_words.known(code))
    return spoken or (guest_words.ENGLISH,)


def named(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Each with what its speakers call it."""
    return [(code, guest_words.own_name(code)) for code in codes]


def summary(group: OneGroup, *, language: str, address: str) -> Summary:
    """What we asked, what was said, what changes, and where the code works (`address`)."""
    words = guest_words.words(language)
    return Summary(
        code=words.code,
        direction=words.direction,
        title=words["summary_title"],
        opening=_opening(group, words),
        parts=(
            _asked(group, words),
            _said(group, words),
            _changes(group.asked, words),
            _code(words, address),
        ),
    )


def _opening(group: OneGroup, words: Words) -> tuple[str, ...]:
    met = words.say("summary_met", day=words.day(date.fromisoformat(group.about.day)))
    people = group.about.people
    there = words.say("summary_people", number=people) if people else words["summary_few"]
    return words["summary_thanks"], met, there


def _asked(group: OneGroup, words: Words) -> Part:
    lines = []
    for question in group.guide.questions[:_QUESTIONS]:
        own = question.texts.get(words.code)
        english = question.texts.get(guest_words.ENGLISH, "")
        lines.append(Line(own) if own else Line(english, guest_words.ENGLISH))
    return Part(words["summary_asked"], (words["summary_asked_this"],), tuple(lines))


def _said(group: OneGroup, words: Words) -> Part:
    """Themes by their reach; what the group put first where there is none yet."""
    points = [theme.title for theme in group.themes] or [one.words for one in group.priorities]
    if not points:
        return Part(words["summary_said"], (words["summary_reading"],))
    sentences = (words["summary_said_this"], words["summary_team_words"])
    return Part(words["summary_said"], sentences, tuple(map(Line, points[:_POINTS])))


def _changes(asked: Sequence[AskedFacts], words: Words) -> Part:
    """How many changes came to what, and those that are done or will be."""
    if not asked:
        return Part(words["summary_changes"], (words["summary_changes_none"],))
    yes = [one for one in asked if one.decision in (Decision.ACCEPT, Decision.ADAPT)]
    counts = (
        ("summary_changes_yes", len(yes)),
        ("summary_changes_done", sum(one.done_in is not None for one in yes)),
        ("summary_changes_no", sum(one.decision == Decision.DECLINE for one in asked)),
        ("summary_changes_open", sum(one.decision == Decision.OPEN for one in asked)),
    )
    sentences = [words.say(key, number=number) for key, number in counts if number]
    lines = tuple(Line(one.words) for one in yes[:_POINTS])
    if lines:
        sentences.append(words["summary_team_words"])
    return Part(words["summary_changes"], tuple(sentences), lines)


def _code(words: Words, address: str) -> Part:
    return Part(
        words["summary_code"],
        (
            words["summary_code_slip"],
            words["summary_code_see"],
            words["summary_code_back"],
            words["summary_code_here"],
        ),
        (Line(address, guest_words.ENGLISH),),
    )
