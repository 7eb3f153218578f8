"""Gathers remarks into themes, and finds where panels were divided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import TypeVar

from cop_platform.common.reporting import tongues
from cop_platform.common.reporting.cells import count_or_none
from cop_platform.common.reporting.sections import Scope
from cop_platform.common.reporting.unnamed import without_names
from experts.models import Person
from feedback.changes.models import ChangeRequest
from feedback.reviews.domain import identity
from feedback.reviews.domain.report import theme_rows
from feedback.reviews.domain.report.theme_facts import (
    QuestionFacts,
    SaidFacts,
    SplitFacts,
    ThemeFacts,
    ThemesFacts,
    Tone,
)
from feedback.reviews.domain.report.theme_rows import Answer, Remark

T = TypeVar("T")
K = TypeVar("K")
# A quote is short enough to be read in passing, and long enough to say something.
_FITTING, _LONGEST = 110, 240
_QUOTES = 2
# A panel is divided where each side is at least a quarter of it.
_SIDE = 4
_Words = Mapping[tuple[str, int], str]
_Theme = tuple[str, str, Tone]


def collect(scope: Scope) -> ThemesFacts:
    """What the countries' panels said, as far as their reviews are all in."""
    told = theme_rows.told(scope)
    reviews = theme_rows.sent(scope, told.rounds)
    remarks = theme_rows.remarks(reviews)
    answers = theme_rows.answers(reviews)
    return ThemesFacts(
        themes=_themes(remarks, _words(scope, remarks)),
        questions=_questions(answers),
        splits=_splits(answers),
        rounds=len(told.rounds),
        running=told.running,
        small=told.small,
        newest=theme_rows.newest(reviews),
    )


def _grouped(rows: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    found: dict[K, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


# --- Words that may be quoted -----------------------------------------------------------------


def _words(scope: Scope, remarks: Sequence[Remark]) -> _Words:
    """What may be quoted of each remark, by its kind and key, without anybody's name.

    The agency reads the remark itself; the public what the ledger of changes says publicly of it.
    """
    said = {(one.kind, one.key): one.text for one in remarks if one.text}
    if not scope.for_agency:
        said = _public(scope, said)
    names = list(Person.objects.values_list("name", flat=True))
    return {key: without_names(text, names) for key, text in said.items()}


def _public(scope: Scope, said: Mapping[tuple[str, int], str]) -> dict[tuple[str, int], str]:
    decided = ChangeRequest.objects.public().filter(decided_at__lte=scope.until)
    worded = decided.exclude(public_asked="").filter(source_key__in={key for _kind, key in said})
    found = worded.order_by().values_list("source_kind", "source_key", "public_asked")
    return {
        (kind, key): text for kind, key, text in found if key is not None and (kind, key) in said
    }


def _quotes(remarks: Sequence[Remark], words: _Words, said: Set[str]) -> tuple[SaidFacts, ...]:
    """Two at most, in different words and of different people; those of a fitting length first.

    What was said of a theme before is not said again.
    """
    found = [(words[one.kind, one.key], one) for one in remarks if (one.kind, one.key) in words]
    found = [(text, one) for text, one in found if _line(text) not in said]
    found.sort(key=lambda pair: (abs(len(pair[0]) - _FITTING), pair[0], pair[1].key))
    first = found[:1]
    others = [
        (text, one)
        for text, one in found
        if first and text != first[0][0] and one.writer != first[0][1].writer
    ]
    return tuple(_said(text, one) for text, one in [*first, *others][:_QUOTES])


def _line(text: str) -> str:
    """The words on one line, cut where they are too long."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _said(text: str, remark: Remark) -> SaidFacts:
    text = _line(text)
    return SaidFacts(text, tongues.language_of(text), remark.material, remark.page)


# --- Themes -----------------------------------------------------------------------------------


def _themes(remarks: Sequence[Remark], words: _Words) -> tuple[ThemeFacts, ...]:
    """The farthest reaching first: by people, then by panels and remarks."""
    groups = _grouped(remarks, _theme_of)
    people = identity.reach({key: {one.writer for one in rows} for key, rows in groups.items()})
    themes = [_theme(key, rows, people[key]) for key, rows in groups.items()]
    themes.sort(key=lambda t: (-(t.people or 0), -t.panels, -t.remarks, t.code, t.tone))
    said: set[str] = set()
    quoted = []
    for theme in themes:
        quotes = _quotes(groups[theme.code, theme.question, theme.tone], words, said)
        said |= {quote.text for quote in quotes}
        quoted.append(replace(theme, quotes=quotes))
    return tuple(quoted)


def _theme_of(remark: Remark) -> _Theme:
    return (remark.code, remark.question, remark.tone)


def _theme(key: _Theme, rows: Sequence[Remark], people: int) -> ThemeFacts:
    code, question, tone = key
    return ThemeFacts(
        code=code,
        question=question,
        tone=tone,
        panels=len({one.panel for one in rows}),
        people=count_or_none(people),
        remarks=len(rows),
        materials=tuple(sorted({one.material for one in rows})),
        quotes=(),
    )


# --- Answers ----------------------------------------------------------------------------------


def _questions(answers: Sequence[Answer]) -> tuple[QuestionFacts, ...]:
    """Each question over all materials, by its code."""
    found = [
        QuestionFacts(code, question, len(rows), sum(one.score >= 3 for one in rows))
        for (code, question), rows in _grouped(answers, lambda a: (a.code, a.question)).items()
    ]
    return tuple(sorted(found, key=lambda q: (len(q.code), q.code, q.question)))


def _splits(answers: Sequence[Answer]) -> tuple[SplitFacts, ...]:
    """Panels of which one part said 4 and another 1 or 2; the most evenly divided first."""
    found = [
        SplitFacts(
            material=rows[0].material,
            version=rows[0].version,
            code=code,
            question=question,
            answers=len(rows),
            fully=sum(one.score == 4 for one in rows),
            lacking=sum(one.score <= 2 for one in rows),
        )
        for (_round, code, question), rows in _grouped(
            answers, lambda a: (a.round, a.code, a.question)
        ).items()
    ]
    divided = [one for one in found if min(one.fully, one.lacking) * _SIDE >= one.answers]
    return tuple(sorted(divided, key=_evenness))


def _evenness(split: SplitFacts) -> tuple[float, int, str, int, str]:
    smaller = min(split.fully, split.lacking)
    share = -smaller / split.answers
    return (share, -split.answers, split.material, split.version, split.code)
