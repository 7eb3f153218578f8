"""What the list of questions is narrowed to."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from cop_platform.common.prepared import Prepared, Slot
from experts.models import Country, Person
from practices.domain.questions.states import State
from practices.models import Answer, Question
from practices.querysets import QuestionQuerySet

_SEARCHED = ("title", "situation", "tried", "wanted", "topic__name", "worked_note")
_MOST_WORDS = 8
_TOPICS = Prepared(
    lambda: (
        Question.objects.read_by(Slot("member"))
        .filter(topic__isnull=False)
        .order_by("topic__name")
        .values_list("topic__name")
        .distinct()
    )
)


@dataclass(frozen=True)
class QuestionFilter:
    """The cleaned fields of the filter bar."""

    q: str = ""
    state: str = ""
    country: Country | None = None
    topic: str = ""
    group: str = ""
    language: str = ""
    mine: bool = False
    to_me: bool = False


def topics(member: Person) -> list[str]:
    """The topics of the questions a member reads, by the alphabet."""
    return [name for (name,) in _TOPICS.all(member=member.pk)]


def apply(questions: QuestionQuerySet, wanted: QuestionFilter, person: Person) -> QuestionQuerySet:
    """Narrows what somebody may see to what was asked."""
    found = _in_state(questions, wanted.state)
    if wanted.country:
        found = found.filter(country=wanted.country)
    if wanted.topic:
        found = found.filter(topic__name=wanted.topic)
    if wanted.group:
        found = found.filter(groups__contains=[wanted.group])
    if wanted.language:
        found = found.filter(languages__contains=[wanted.language])
    if wanted.mine:
        found = found.filter(asked_by=person)
    if wanted.to_me:
        found = found.put_to(person)
    for word in wanted.q.split()[:_MOST_WORDS]:
        found = found.filter(_holds(word))
    return found


def _in_state(questions: QuestionQuerySet, state: str) -> QuestionQuerySet:
    if state == State.DRAFT:
        return questions.filter(checked_at__isnull=True)
    if state == State.UNANSWERED:
        return questions.filter(checked_at__isnull=False).unanswered()
    if state == State.ANSWERED:
        return questions.answered()
    if state == State.SOLVED:
        return questions.solved()
    if state == State.CLOSED:
        return questions.filter(closed_at__isnull=False)
    return questions


def _holds(word: str) -> Q:
    """A word of the case or of an answer to it."""
    told = Q(Exists(Answer.objects.filter(question=OuterRef("pk"), text__icontains=word)))
    for name in _SEARCHED:
        told |= Q(**{f"{name}__icontains": word})
    return told
