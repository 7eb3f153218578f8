"""Small worlds for review tests: a version, a round, experts who have answered."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from experts.enums import Role
from experts.models import Country, Person, User
from feedback.reviews.domain import desk, identity, reopening, rounds
from feedback.reviews.models import Assignment, Criterion, Reopening, ReviewRound, Rubric
from materials.models import Version
from tests import factories as make

DUE = date(2026, 12, 4)
_numbers = count(1)


def version(owner: Person | None = None, code: str = "BG") -> Version:
    """The first version of a new material, not released."""
    title = f"Mentor guide {next(_numbers)}"
    return make.version(make.material(code, owner=owner or make.person(Role.AUTHOR), title=title))


def review_round(
    code: str | None = "BG", *, by: User | None = None, at: Any = make.NOW, **more: Any
) -> ReviewRound:
    """An open round of a country's panel; of all countries when the code is None."""
    by = by or (make.user(Role.COORDINATOR, code) if code else make.user(Role.PROJECT_MANAGER))
    country: Country | None = make.country(code) if code else None
    values = {"version": more.pop("version", None) or version(), "country": country}
    values |= {"due_on": DUE, "instruction": ""} | more
    return rounds.open_round(**values, by=by, at=at)


def rubric(name: str = "Cards", *kinds: str, **more: Any) -> Rubric:
    """A rubric nobody has used, with a criterion of each kind given; of 1 to 4 without any."""
    made = Rubric.objects.create(name=name, **more)
    for number, kind in enumerate(kinds or ("relevance", "relevance", "relevance"), start=1):
        Criterion.objects.create(
            rubric=made, position=number, code=f"C{number}", text=f"Question {number}.", kind=kind
        )
    return made


def assigned(found: ReviewRound, person: Person, *, by: User | None = None) -> Assignment:
    """The assignment of an expert who is asked now."""
    by = by or found.opened_by.user
    rounds.assign(round_id=found.pk, people=[person], by=by, at=make.NOW)
    assignment = identity.assignment_of(round_id=found.pk, person=person)
    assert assignment is not None
    return assignment


def whole(
    assignment: Assignment,
    *scores: str,
    comment: str = "Say it shorter.",
    suggestion: str = "Two short sentences instead.",
) -> dict:
    """Answers to all ten criteria: the scores given, then 4 for the rest."""
    criteria = list(assignment.round.rubric.criteria.all())
    given = [*scores, *["4"] * (len(criteria) - len(scores))]
    return {
        str(criterion.pk): {
            "score": score,
            "comment": comment if score in "12" else "",
            "suggestion": suggestion if score in "12" else "",
        }
        for criterion, score in zip(criteria, given, strict=True)
    }


def save(assignment: Assignment, person: Person, typed: dict, **more: Any) -> Any:
    """A draft as a person of that name would save it."""
    values = {"revision": None, "writer": "", "at": make.NOW} | more
    return desk.save_draft(assignment_id=assignment.pk, typed=typed, by=person.user, **values)


def answered(found: ReviewRound, person: Person, *scores: str, **more: Any) -> Assignment:
    """An expert who is asked and has sent a whole review."""
    assignment = assigned(found, person)
    save(assignment, person, whole(assignment, *scores, **more))
    return desk.submit(assignment_id=assignment.pk, by=person.user, at=make.NOW)


def asked_back(found: ReviewRound, person: Person) -> Reopening:
    """An expert's wish to have the review handed back that was just sent."""
    assignment = answered(found, person, "2")
    return reopening.ask(
        assignment_id=assignment.pk, reason="I read the wrong page.", by=person.user, at=make.NOW
    )


def posted(assignment: Assignment, *scores: str, **more: str) -> dict[str, str]:
    """The form of the desk with all ten answered, as a browser sends it."""
    fields = {
        f"c{key}-{name}": value
        for key, answer in whole(assignment, *scores).items()
        for name, value in answer.items()
    }
    return fields | more
