"""Certificates of participation and badges of competences: asked for, found again, withdrawn.

Who holds one asked for it by a button; it is theirs, and so is taking it back. The project manager
withdraws one with a reason, and then the same facts are not signed again.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common import competences, learned
from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.domain.people import MOST_WORDS
from experts.models import Country, Person, User
from feedback.validation import permissions
from feedback.validation.domain.proof import participation_badge
from feedback.validation.domain.proof.credentials import NotIssuable
from feedback.validation.domain.proof.participation_facts import Facts, of_period, trained
from feedback.validation.enums import NAMING, CredentialKind
from feedback.validation.models import Credential, Participation

HOLDS, ENDED = "holds", "ended"


class AlreadyWithdrawn(NotPossible):
    """It does not hold any more."""


def of_person(user: User) -> list[Credential]:
    """One's own certificates and badges, the newest first; one query."""
    rows = Credential.objects.filter(person=user.person, kind__in=NAMING)
    return list(rows.select_related("participation"))


def visible_to(user: User) -> QuerySet[Credential]:
    """Their holder's own; all of them for the project manager."""
    rows = Credential.objects.filter(kind__in=NAMING)
    rows = rows.select_related("participation", "person__country")
    return rows if user.access.is_manager else rows.filter(person=user.person)


def narrowed(
    rows: QuerySet[Credential],
    *,
    q: str = "",
    country: Country | None = None,
    state: str = "",
) -> QuerySet[Credential]:
    """Of rows of `visible_to`: every word of `q` in the name that was signed or the name of now.

    The country is the holder's of today; the state is HOLDS or ENDED, empty is both.
    """
    for word in q.split()[:MOST_WORDS]:
        rows = rows.filter(Q(participation__name__icontains=word) | Q(person__name__icontains=word))
    if country:
        rows = rows.filter(person__country=country)
    if state:
        rows = rows.filter(revoked_at__isnull=state == HOLDS)
    return rows


@transaction.atomic
def issue_certificate(*, start: date, end: date, by: User, at: datetime) -> Credential:
    """One's own certificate of these days; the one there is where the facts are the same.

    Raises NotIssuable.
    """
    facts = of_period(by.person.name, learned.of(by, at), start, end)
    if not facts.entries:
        raise NotIssuable(
            _("You said yes to no session that took place in this period, so there is nothing yet.")
        )
    return _issue(CredentialKind.PARTICIPATION, facts, by, at)


@transaction.atomic
def issue_badge(*, competence: str, by: User, at: datetime) -> Credential:
    """One's own badge of a competence; the one there is where the number is the same.

    Raises NotIssuable.
    """
    number = dict(trained(learned.of(by, at))).get(competence, 0)
    if number < competences.FOR_A_BADGE:
        raise NotIssuable(
            _("There is a badge from %(n)d sessions or reviews with the same competence.")
            % {"n": competences.FOR_A_BADGE}
        )
    facts = Facts(name=by.person.name, entries=number, competence=competence)
    return _issue(CredentialKind.COMPETENCE, facts, by, at)


def _issue(kind: CredentialKind, facts: Facts, by: User, at: datetime) -> Credential:
    """The same facts are signed once, also when the button is pressed twice at the same time."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    sha256 = facts.sha256(person.pk)
    for one in of_person(by):
        if one.participation.sha256 != sha256:
            continue
        if one.revoked_at is None:
            return one
        if one.revoked_because:
            raise NotIssuable(
                _("The project manager withdrew this certificate: %(reason)s")
                % {"reason": one.revoked_because}
            )
    return _signed(kind, facts, sha256, by, at)


def _signed(kind: CredentialKind, facts: Facts, sha256: str, by: User, at: datetime) -> Credential:
    key = uuid.uuid4()
    credential = Credential.objects.create(
        key=key,
        kind=kind,
        person=by.person,
        token=participation_badge.token(key, facts, by.email, at),
        issued_at=at,
    )
    Participation.objects.create(
        credential=credential,
        name=facts.name,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        entries=facts.entries,
        minutes=facts.minutes,
        competences=facts.competences,
        competence=facts.competence,
        sha256=sha256,
    )
    audit.record(by=by, deed="certificate issued", about=credential, at=at)
    return credential


@transaction.atomic
def withdraw(*, key: uuid.UUID, reason: str, by: User, at: datetime) -> None:
    """The project manager withdraws somebody's certificate or badge. Raises AlreadyWithdrawn."""
    permissions.may_withdraw_certificate(by)
    row = Credential.objects.select_for_update().get(key=key, kind__in=NAMING)
    if row.revoked_at:
        raise AlreadyWithdrawn(_("It was withdrawn already."))
    row.revoked_at, row.revoked_because = at, reason
    row.save(update_fields=["revoked_at", "revoked_because"])
    audit.record(by=by, deed="certificate withdrawn", about=row, at=at)
