"""Small worlds for review tests: a version, a round, experts who have answered."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from itertools import count
from typing import Any

from django.db import connection

from cop_platform.common.prepared import at_once
from experts.enums import Role
from experts.models import Country, Person, User
from feedback.reviews.domain import (
    acceptance,
    desk,
    identity,
    phases,
    policies,
    reopening,
    rounds,
    waiting,
)
from feedback.reviews.enums import AnnotationKind, Mark
from feedback.reviews.models import (
    Annotation,
    Assignment,
    Criterion,
    Rating,
    Reopening,
    ReviewRound,
    Rubric,
)
from feedback.validation.consensus import Rule
from feedback.validation.enums import CredentialKind
from feedback.validation.models import (
    AgeingSign,
    Credential,
    Endorsement,
    Participation,
    ReleaseWaiver,
    Verdict,
    Wave,
)
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
    language = found.version.language
    if language not in person.languages:
        person.languages = [*person.languages, language]
        person.save(update_fields=["languages"])
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


def also_expert(person: Person) -> Person:
    """Somebody with another role who can be asked to review as well."""
    membership = person.memberships.get()
    membership.pk, membership.role, membership._state.adding = None, Role.EXPERT, True
    membership.save()
    return person


def waits(user: User, at: Any) -> Any:
    """By kind, what rounds wait for from somebody who leads rounds."""
    return waiting.by_kind(*at_once([waiting.asked(user, at)]))


def declined(assignment: Assignment, person: Person) -> None:
    """The request as its expert gives it back."""
    acceptance.decline(assignment_id=assignment.pk, reason="I am ill.", by=person.user, at=make.NOW)


def annotated(assignment: Assignment, text: str = "My group gave up here.", **more: Any) -> Any:
    """A remark on the first page of what is reviewed."""
    values = {"kind": AnnotationKind.TEXT, "mark": Mark.SHOULD, "page": 1, "quote": "long words"}
    return Annotation.objects.create(
        assignment=assignment,
        client_key=uuid.uuid4(),
        version=assignment.round.version,
        text=text,
        **values | more,
    )


def panelled(found: ReviewRound, *, number: int = 3, code: str = "BG") -> list[Person]:
    """Experts of a country who have sent their review, each with one comment and one annotation."""
    people = [make.person(code=code) for _n in range(number)]
    for n, person in enumerate(people):
        annotated(answered(found, person, "2", comment=f"Comment {n} of {code}."), f"Mark {n}.")
    return people


def gone_on(found: ReviewRound, to: str, *, at: Any = make.NOW) -> ReviewRound:
    """The same round in a later phase; closed with "closed", whatever was left open."""
    by = found.opened_by.user
    if to == phases.CLOSED:
        ReviewRound.objects.filter(pk=found.pk).update(closed_at=at)
    else:
        phases.go_on(round_id=found.pk, to=to, by=by, at=at)
    found.refresh_from_db()
    return found


def comment_of(person: Person, found: ReviewRound) -> Rating:
    """The first comment a reviewer wrote to a criterion."""
    own = identity.own(person.user).filter(round=found)
    return Rating.objects.filter(assignment__in=own).exclude(comment="").earliest("pk")


def annotation(assignment: Assignment, quote: str, **more: Any) -> Annotation:
    """A remark on words of the version under review, or, without a quote, on a part of its page."""
    version = assignment.round.version
    values: dict[str, Any] = {"kind": AnnotationKind.TEXT if quote else AnnotationKind.REGION}
    pages = version.page_set.filter(text__contains=quote) if quote else []
    for page in pages[:1]:
        start = page.text.index(quote)
        values |= {"page": page.number, "start": start, "end": start + len(quote)}
    values |= {"mark": Mark.MUST, "text": "Please say who does this."} | more
    return Annotation.objects.create(
        assignment=assignment, client_key=uuid.uuid4(), version=version, quote=quote, **values
    )


def verdict(
    found: Version, code: str | None = "BG", standing: str = "validated", **more: Any
) -> Verdict:
    """A verdict in force on a version, in a country; of the consortium when the code is None."""
    manager = make.user(Role.PROJECT_MANAGER)
    judged = more.pop("round", None) or review_round(code, version=found, by=manager)
    if judged.closed_at is None:
        rounds.close_round(round_id=judged.pk, by=manager, at=make.NOW)
    values = {
        "version": found,
        "country": make.country(code) if code else None,
        "round": judged,
        "policy": policies.current(make.NOW),
        "sha256": found.sha256,
        "proposal": standing,
        "standing": standing,
        "confirmed_by": manager.person,
        "confirmed_at": make.NOW,
        "final_at": make.NOW,
        "valid_until": date(2028, 11, 24),
    }
    return Verdict.objects.create(**values | more)


def wave(found: ReviewRound, number: int = 2, **more: Any) -> Wave:
    """A further wave on all criteria of a round, running."""
    values = {"opened_by": found.opened_by, "opened_at": make.NOW, "due_on": DUE} | more
    made = Wave.objects.create(round=found, number=number, rule=asdict(Rule()), **values)
    made.criteria.set(found.rubric.criteria.all())
    return made


def refreshed(found: ReviewRound) -> ReviewRound:
    """The round as it stands now, as pages load it."""
    return ReviewRound.objects.with_version().get(pk=found.pk)


def waiver(found: Version, code: str | None = None, reason: str = "The fair is on Monday.") -> Any:
    """A waiver of what a release needs, for all countries when the code is None."""
    return ReleaseWaiver.objects.create(
        version=found,
        country=make.country(code) if code else None,
        reason=reason,
        signed_by=make.user(Role.PROJECT_MANAGER).person,
        signed_at=make.NOW,
    )


def ageing_sign(found: Version, sign: str = "link", **detail: Any) -> AgeingSign:
    """A sign of ageing that nobody has dealt with."""
    return AgeingSign.objects.create(
        version=found, sign=sign, detail=detail or {"links": 1}, noticed_on=make.NOW.date()
    )


def released(found: Version) -> Version:
    """The same version, released."""
    Version.objects.filter(pk=found.pk).update(released_at=make.NOW)
    found.refresh_from_db()
    return found


def endorsement(found: Version, person: Person | None = None, **more: Any) -> Endorsement:
    """An endorsement by an expert, without a name unless told."""
    values = {"sha256": found.sha256, "signed_at": make.NOW}
    return Endorsement.objects.create(
        version=found, person=person or make.person(), **values | more
    )


def credential(person: Person) -> Credential:
    """A reviewer's credential as a row; its token is not a real one."""
    return Credential.objects.create(
        kind=CredentialKind.REVIEWER, person=person, token="e30.e30.", issued_at=make.NOW
    )


def certificate(person: Person) -> Credential:
    """A certificate of participation as rows; its token is not a real one."""
    made = Credential.objects.create(
        kind=CredentialKind.PARTICIPATION, person=person, token="e30.e30.", issued_at=make.NOW
    )
    day = make.NOW.date()
    Participation.objects.create(
        credential=made, name=person.name, starts_on=day, ends_on=day, entries=1, minutes=90
    )
    return made


def closed_amid(found: ReviewRound, deeds: Sequence[Callable[[], object]]) -> list[str]:
    """Closes the round while these deeds run, all at once: what became of each, "in" or "refused".

    Needs a test with real transactions.
    """
    outcomes = ["lost"] * len(deeds)

    def attempt(place: int) -> None:
        try:
            deeds[place]()
            outcomes[place] = "in"
        except phases.RoundClosed:
            outcomes[place] = "refused"
        finally:
            connection.close()

    def close() -> None:
        try:
            rounds.close_round(round_id=found.pk, by=found.opened_by.user, at=make.NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(n,)) for n in range(len(deeds))]
    threads.insert(len(deeds) // 2, threading.Thread(target=close))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes
