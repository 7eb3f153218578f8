"""What was said in groups, question by question: only what was checked and may be printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from cop_platform.common import details
from feedback.focus_groups.domain.report.facts import GuideFacts, QuestionFacts, WordsFacts
from feedback.focus_groups.domain.report.scoping import Told
from feedback.focus_groups.enums import Voice
from feedback.focus_groups.models import Guide, GuideQuestion, Quote

# A quote is short enough to be read in passing, and long enough to say something.
_FITTING, _LONGEST = 110, 280
QUOTED = 2
_LEFT_OUT = "[…]"


@dataclass(frozen=True)
class Spoken:
    """Words that may be printed: their key, who spoke, in answer to which question."""

    key: int
    speaker: int
    question: int | None
    group: int
    words: WordsFacts


@dataclass(frozen=True)
class Said:
    """What counts of a report's groups: where something was said, and what may be quoted."""

    spoke: frozenset[tuple[int, int]]
    quotes: tuple[Spoken, ...]


def read(told: Sequence[Told]) -> Said:
    """Two queries. In groups of fewer than five nobody is quoted."""
    rows = Quote.objects.checked().filter(group__in=[one.row.pk for one in told])
    spoke = rows.order_by().filter(question__isnull=False).values_list("group_id", "question_id")
    large = [one.row.pk for one in told if one.is_large]
    return Said(frozenset(spoke), tuple(quotable(large)))


def quotable(groups: Collection[int]) -> Iterable[Spoken]:
    """Checked words whose speakers let them be printed today."""
    rows = Quote.objects.quotable().filter(group__in=groups).exclude(clean_words="")
    found = rows.order_by("group", "question__position", "position", "pk")
    for quote in found.select_related("group"):
        rendering, voice = line(quote.clean_rendering), Voice(quote.group.voice)
        words = WordsFacts(line(quote.clean_words), quote.language, rendering, voice)
        # What may be quoted has a speaker: a whole group agreed to nothing.
        assert quote.participant_id is not None
        yield Spoken(quote.pk, quote.participant_id, quote.question_id, quote.group_id, words)


def chosen(found: Iterable[Spoken], most: int = QUOTED) -> tuple[WordsFacts, ...]:
    """Some of them, of different people and in different words; those of a fitting length first.

    Where several voices spoke, each is heard before one of them is heard again.
    """
    waiting = sorted(found, key=lambda s: (abs(len(s.words.text) - _FITTING), s.words.text))
    taken: list[Spoken] = []
    while waiting and len(taken) < most:
        heard = {one.words.voice for one in taken}
        one = next((one for one in waiting if one.words.voice not in heard), waiting[0])
        taken.append(one)
        waiting = [
            other
            for other in waiting
            if other.speaker != one.speaker and other.words.text != one.words.text
        ]
    return tuple(one.words for one in taken)


def guides(told: Sequence[Told], said: Said) -> tuple[GuideFacts, ...]:
    """Each guide that was used, with what came of its questions."""
    using: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        using[one.row.guide_id].append(one)
    used = [(rows[0].row.guide, rows) for rows in using.values()]
    used.sort(key=lambda pair: (pair[0].voice, pair[0].name, pair[0].revision))
    return tuple(_guide(guide, rows, said) for guide, rows in used)


def _guide(guide: Guide, told: Sequence[Told], said: Said) -> GuideFacts:
    return GuideFacts(
        name=guide.name,
        revision=guide.revision,
        voice=Voice(guide.voice),
        is_piloted=guide.is_piloted,
        questions=tuple(_question(one, told, said) for one in guide.questions.all()),
    )


def _question(question: GuideQuestion, told: Sequence[Told], said: Said) -> QuestionFacts:
    groups = [one.row.pk for one in told]
    return QuestionFacts(
        texts=question.texts,
        minutes=question.minutes,
        groups=len(groups),
        spoke=sum((group, question.pk) in said.spoke for group in groups),
        quotes=chosen(
            one for one in said.quotes if one.question == question.pk and one.group in groups
        ),
    )


def masked(text: str) -> str:
    """What those who led a group typed, without what may tell who somebody is."""
    kept, last = [], 0
    for detail in details.find(text):
        kept += [text[last : detail.start], _LEFT_OUT]
        last = detail.end
    return "".join([*kept, text[last:]])


def line(text: str) -> str:
    """The words on one line, cut where they are too long."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
