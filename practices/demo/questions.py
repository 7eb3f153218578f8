"""The demo's questions put to the community, and their answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from experts.demo import DOMAIN
from experts.models import Person, Topic, User
from practices.demo.question_cases import CASES, DemoCase, Somebody
from practices.domain.questions import assisting, gathering, reasons
from practices.enums import Routed
from practices.models import Answer, Question, QuestionRoute

# From the answer to the asker's word that it helped, and from there to whether it worked.
_THOUGHT = timedelta(hours=18)
_TRIED = timedelta(days=31)


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`; nothing where nobody lives yet."""
    people = {
        person.email: person
        for person in Person.objects.filter(email__startswith="expert.").select_related("country")
    }
    topics = {topic.name: topic for topic in Topic.objects.current()}
    known = set(Question.objects.values_list("title", flat=True))
    for case in CASES:
        asker = people.get(_address(case.asker))
        if asker is not None and case.title not in known:
            _write(case, asker, people, topics.get(case.topic), anchor)


def _address(somebody: Somebody) -> str:
    code, number = somebody
    return f"expert.{code.lower()}-{number:02d}@{DOMAIN}"


def _write(
    case: DemoCase, asker: Person, people: dict[str, Person], topic: Topic | None, anchor: date
) -> None:
    asked_at = datetime.combine(anchor - timedelta(days=case.days), time(7, 40), tzinfo=UTC)
    question = Question.objects.create(
        title=case.title,
        situation=case.situation,
        tried=case.tried,
        wanted=case.wanted,
        topic=topic,
        groups=list(case.groups),
        languages=list(case.languages),
        asked_by=asker,
        country=asker.country,
        added_at=asked_at,
        checked_at=asked_at if case.checked else None,
    )
    if case.put:
        _put(question, asked_at)
    _answer(question, case, people, asked_at)
    if case.closed_why:
        question.closed_at = asked_at + timedelta(days=5)
        question.closed_why = case.closed_why
        question.save(update_fields=["closed_at", "closed_why"])
    if case.assist:
        _call_assist(question, anchor)


def _put(question: Question, at: datetime) -> None:
    """The experts who fit, as if they had been asked that day; no mail is written today."""
    QuestionRoute.objects.bulk_create(
        QuestionRoute(question=question, person=person, reasons=reasons.kept(fit), asked_at=at)
        for person, fit in gathering.propose(question, at.date())
    )


def _answer(
    question: Question, case: DemoCase, people: dict[str, Person], asked_at: datetime
) -> None:
    for number, said in enumerate(case.answers, start=1):
        by, at = people[_address(said.by)], asked_at + timedelta(hours=said.hours)
        answer = Answer.objects.create(question=question, by=by, text=said.text, at=at)
        QuestionRoute.objects.update_or_create(
            question=question,
            person=by,
            defaults={"state": Routed.ANSWERED, "settled_at": at},
            create_defaults={"state": Routed.ANSWERED, "settled_at": at, "asked_at": asked_at},
        )
        question.first_answer_at = question.first_answer_at or at
        if number == case.accepted:
            question.accepted, question.accepted_at = answer, at + _THOUGHT
    if case.worked and question.accepted_at:
        question.worked, question.worked_note = case.worked, case.note
        question.worked_on = (question.accepted_at + _TRIED).date()
    question.save()


def _call_assist(question: Question, anchor: date) -> None:
    code = question.country.code.lower() if question.country else ""
    user = User.objects.filter(email=f"coordinator.{code}@{DOMAIN}").first()
    if user is not None:
        at = datetime.combine(anchor, time(6, 0), tzinfo=UTC)
        assisting.plan(
            question_id=question.pk,
            day=assisting.usual_day(anchor),
            clock=time(10, 0),
            by=user,
            at=at,
        )
