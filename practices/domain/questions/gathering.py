"""Reads who could be asked, and what the question says of whom to ask."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from experts.enums import Role
from experts.models import Expert, Membership, Person
from practices.domain.questions import fitting
from practices.domain.questions.fitting import Candidate, Case, Fit
from practices.enums import Routed
from practices.models import Question


def propose(question: Question, today: date) -> list[tuple[Person, Fit]]:
    """Who fits and was not asked yet, as many as may still be asked. Two queries, no more."""
    asked = dict(question.routes.values_list("person_id", "state"))
    room = fitting.MOST - sum(state != Routed.PASSED for state in asked.values())
    people = {person.pk: person for person in _experts().exclude(pk__in=asked)}
    candidates = [_candidate(person) for person in people.values()]
    found = fitting.propose(case_of(question), candidates, today, most=room)
    return [(people[fit.person], fit) for fit in found]


def case_of(question: Question) -> Case:
    """What a question says of whom to ask."""
    asker = question.asked_by
    countries = {question.country_id, asker.country_id} - {None}
    topic = question.topic.name if question.topic else ""
    return Case(
        asker=asker.pk,
        countries=frozenset(key for key in countries if key is not None),
        words=f"{topic} {question.title} {question.wanted}",
        languages=frozenset(question.languages or asker.languages),
        groups=frozenset(question.groups),
    )


def _experts() -> QuerySet[Person]:
    """Experts of today with an account, who let themselves be found."""
    current = Membership.objects.current().filter(role=Role.EXPERT)
    waiting = Q(
        question_routes__state=Routed.ASKED,
        question_routes__question__accepted__isnull=True,
        question_routes__question__closed_at__isnull=True,
    )
    return (
        Person.objects.filter(pk__in=current.values("person_id"), in_directory=True)
        .filter(user__is_active=True)
        .select_related("expert", "country")
        .annotate(waiting=Count("question_routes", filter=waiting))
    )


def _candidate(person: Person) -> Candidate:
    expert: Expert | None = getattr(person, "expert", None)
    return Candidate(
        person=person.pk,
        country=person.country_id,
        ask_about=person.ask_me_about,
        profession=expert.profession if expert else "",
        languages=frozenset(person.languages),
        groups=frozenset(expert.groups if expert else ()),
        waiting=person.waiting,  # type: ignore[attr-defined]
        away_from=expert.away_from if expert else None,
        away_until=expert.away_until if expert else None,
    )
