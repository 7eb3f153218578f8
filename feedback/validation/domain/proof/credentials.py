"""Open Badges 3.0: signed credentials of a validated material, and of the work of a reviewer.

What was handed out is kept as it left; whether it still holds is answered by its
page and by the public list of those that were taken back.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import audit
from experts.models import User
from feedback.reviews.domain import identity
from feedback.validation.domain.proof import open_badges, public
from feedback.validation.domain.proof.public import State
from feedback.validation.enums import CredentialKind
from feedback.validation.models import Credential, Verdict


class NotIssuable(NotPossible):
    """There is nothing to hand out a credential for."""


def of_material(verdict: Verdict) -> Credential | None:
    """The credential of a verdict that was handed out and not taken back."""
    return verdict.credentials.filter(revoked_at__isnull=True).first()


def of_person(user: User) -> list[Credential]:
    """Somebody's credentials as a reviewer, for themselves alone, the newest first."""
    return list(Credential.objects.filter(person=user.person, kind=CredentialKind.REVIEWER))


def own(user: User, key: uuid.UUID) -> Credential | None:
    """A credential of this person, of any kind; None for everybody else's."""
    return Credential.objects.filter(person=user.person, key=key).first()


def public_one(key: uuid.UUID) -> Credential | None:
    """A credential, for everybody; of a material while strangers may know of its verdict.

    One query.
    """
    rows = Credential.objects.select_related("verdict__version__material", "participation")
    row = rows.filter(key=key).first()
    if row is None or (row.verdict and not public.is_public(row.verdict)):
        return None
    return row


@transaction.atomic
def issue_for_material(*, verdict_id: int, by: User, at: datetime, today: date) -> Credential:
    """The credential of a verdict that holds and is public; the one there is, if there is one.

    Raises Refused for all but those who coordinate the verdict's country, and NotIssuable.
    """
    verdict = Verdict.objects.select_for_update(of=("self",)).with_facts().get(pk=verdict_id)
    if not by.access.coordinates(verdict.country_id):
        raise Refused(_("Only coordinators of the verdict's country hand out its credential."))
    if not public.is_public(verdict) or public.state_of(verdict, today) != State.VALID:
        raise NotIssuable(
            _("A credential is handed out for a verdict that holds, once the version is released.")
        )
    if (found := of_material(verdict)) is not None:
        return found
    key = uuid.uuid4()
    made = Credential.objects.create(
        key=key,
        kind=CredentialKind.MATERIAL,
        verdict=verdict,
        token=open_badges.of_material(key, verdict, at),
        issued_at=at,
    )
    audit.record(by=by, deed="credential issued", about=verdict, at=at)
    return made


@transaction.atomic
def issue_for_reviewer(*, by: User, at: datetime) -> Credential:
    """One's own credential as a reviewer, on one's own request. Raises NotIssuable.

    It counts materials in rounds that are closed, and names none of them.
    """
    number, since = work_of(by)
    if since is None:
        raise NotIssuable(_("There is a credential once a round with a review of yours is closed."))
    key = uuid.uuid4()
    return Credential.objects.create(
        key=key,
        kind=CredentialKind.REVIEWER,
        person=by.person,
        token=open_badges.of_reviewer(key, by.email, number, since, at),
        issued_at=at,
    )


def work_of(user: User) -> tuple[int, int | None]:
    """How many materials somebody has reviewed in closed rounds, and since which year."""
    rows = identity.own(user).submitted().filter(round__closed_at__isnull=False)
    found = set(rows.values_list("round__version__material_id", "submitted_on"))
    days = [day for _material, day in found if day]
    return len({material for material, _day in found}), min(days).year if days else None


@transaction.atomic
def take_back(*, key: uuid.UUID, by: User, at: datetime) -> None:
    """Somebody takes back a credential of their own; nothing where it is taken back already."""
    Credential.objects.filter(key=key, person=by.person, revoked_at__isnull=True).update(
        revoked_at=at
    )


def status(credential: Credential, today: date) -> State:
    """Whether a credential holds: one of a material follows its verdict."""
    if credential.revoked_at:
        return State.WITHDRAWN
    if credential.verdict is None:
        return State.VALID
    replaced = credential.verdict.superseded_at is not None
    return State.WITHDRAWN if replaced else public.state_of(credential.verdict, today)


def revoked_list() -> dict[str, Any]:
    """The credentials that hold no longer, as readers of Open Badges ask for them. One query."""
    rows = Credential.objects.select_related("verdict").order_by("pk")
    taken_back = [
        {"id": public.address("verify_credential", row.key), "revoked": True}
        for row in rows
        if row.revoked_at
        or (row.verdict and (row.verdict.withdrawn_at or row.verdict.superseded_at))
    ]
    return {
        "id": public.address("verify_revoked"),
        "issuer": public.address("verify_issuer"),
        "revokedCredential": taken_back,
    }
