"""An edition takes over the verdict of exactly the version it translates, where the policy lets it.

The rule is the policy's own: `inherit` lets a person confirm it for each edition and country, who
sees first who translated and whether the original has moved on; `own` asks for a panel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import User
from feedback.validation import permissions
from feedback.validation.domain.judging import signers
from feedback.validation.domain.policy import rules
from feedback.validation.domain.policy.rules import INHERIT
from feedback.validation.models import Verdict
from materials.models import Version


class NotInherited(NotPossible):
    """This edition does not take over that verdict; the message says why."""


@dataclass(frozen=True)
class Candidate:
    """An edition that could take over: its translator, and the original's number if it moved on."""

    version: Version
    language: str
    translator: str
    newer_original: int
    is_released: bool


def candidates(verdict: Verdict, user: User) -> list[Candidate]:
    """Editions of exactly this version that this person may open and nothing is said of here."""
    said = Verdict.objects.in_force().filter(country=verdict.country_id)
    editions = (
        Version.objects.visible_to(user)
        .filter(source=verdict.version_id)
        .exclude(pk__in=said.values("version_id"))
        .exclude(sha256=verdict.sha256)
        .select_related("uploaded_by")
        .with_newer_original()
        .order_by("language", "-number")
    )
    return [
        Candidate(
            version=edition,
            language=edition.get_language_display(),
            translator=edition.translator or edition.uploaded_by.name,
            newer_original=edition.newer_original or 0,  # type: ignore[attr-defined]
            is_released=edition.released_at is not None,
        )
        for edition in editions
    ]


def check(verdict: Verdict, on: date) -> None:
    """Raises NotInherited where nothing can be taken over from this verdict on a day."""
    if rules.of(verdict.policy).editions != INHERIT:
        raise NotInherited(
            _("Under this policy a translation needs a panel of its own: open a round on it.")
        )
    if not Verdict.objects.good(on).filter(pk=verdict.pk).exists():
        raise NotInherited(_("Only a verdict that holds and is to be relied on is taken over."))


@transaction.atomic
def inherit(*, verdict_id: int, version_id: int, by: User, at: datetime) -> Verdict:
    """Gives an edition the verdict of its source, in the same country, until the same day.

    Raises Refused, NotInherited.
    """
    source_version = Verdict.objects.values_list("version_id", flat=True).get(pk=verdict_id)
    # The source is locked as well, so that it is not withdrawn while it is taken over.
    keys = [source_version, version_id]
    list(Version.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    source = Verdict.objects.with_facts().get(pk=verdict_id)
    permissions.may_confirm(by, source.country_id)
    edition = Version.objects.select_related("material").get(pk=version_id)
    signers.check(by, edition, source.country_id, None)
    check(source, to_wall(at, by.person.zone).date())
    if edition.source_id != source.version_id:
        raise NotInherited(_("It is not a translation of exactly the version that was judged."))
    if Verdict.objects.in_force().filter(version=edition, country=source.country_id).exists():
        raise NotInherited(_("Something is said of this edition already."))
    made = Verdict.objects.create(
        version=edition,
        country=source.country,
        policy=source.policy,
        inherits=source,
        sha256=edition.sha256,
        proposal=source.standing,
        standing=source.standing,
        reasons=[{"code": "inherited"}],
        basis=source.basis,
        confirmed_by=by.person,
        confirmed_at=at,
        final_at=at,
        valid_until=source.valid_until,
    )
    audit.record(
        deed="verdict taken over by an edition",
        about=made,
        by=by,
        at=at,
        country_id=made.country_id,
        source=source.pk,
    )
    return made
