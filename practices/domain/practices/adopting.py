"""Other partners use a practice: they say so, what they changed, what came of it, what grew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import User
from practices import permissions
from practices.domain import spam
from practices.models import Adoption, Practice


class NotAdoptable(NotPossible):
    """The practice is not published, retired, or adopted by this partner in this version."""


class CannotGrow(NotPossible):
    """The practice named cannot have grown out of this adoption."""


@transaction.atomic
def adopt(
    *, practice_id: int, use: str, adapted: str, outcome: str, by: User, at: datetime
) -> Adoption:
    """The person's partner uses the published version. Raises Refused, also for the partner that
    the practice comes from, and NotAdoptable.
    """
    rows = Practice.objects.select_for_update(of=("self",))
    practice = rows.select_related("current", "partner").get(pk=practice_id)
    permissions.may_adopt(by, practice)
    spam.check(adapted, outcome)
    version, partner = practice.current, by.person.partner
    if version is None or practice.retired_on is not None or partner is None:
        raise NotAdoptable(_("This practice is not recommended any more, or not yet."))
    if Adoption.objects.filter(version=version, partner=partner).exists():
        raise NotAdoptable(
            _("%(partner)s has adopted this version already; tell there what came of it.")
            % {"partner": partner.name}
        )
    today = to_wall(at, by.person.zone).date()
    return Adoption.objects.create(
        version=version,
        partner=partner,
        person=by.person,
        use=use,
        adapted=adapted,
        outcome=outcome,
        adopted_on=today,
        reported_on=today if outcome else None,
    )


@transaction.atomic
def report(
    *,
    adoption_id: int,
    use: str,
    adapted: str,
    outcome: str,
    became: Practice | None,
    by: User,
    at: datetime,
) -> Adoption:
    """What came of an adoption; `became` is a practice that grew out of it.

    Raises Refused, and CannotGrow for a practice of others or one this adoption descends from.
    """
    rows = Adoption.objects.select_for_update(of=("self",))
    adoption = rows.select_related("version", "partner", "person").get(pk=adoption_id)
    permissions.may_report_adoption(by, adoption)
    spam.check(adapted, outcome)
    if became is not None:
        _may_grow(adoption, became)
    today = to_wall(at, by.person.zone).date()
    if outcome and outcome != adoption.outcome:
        adoption.reported_on = today
    adoption.use, adoption.adapted, adoption.outcome = use, adapted, outcome
    adoption.became = became
    adoption.revision += 1
    adoption.save()
    return adoption


def counts(practice_ids: Iterable[int]) -> dict[int, set[str]]:
    """The codes of the countries that adopted each of these practices, in one query."""
    found: dict[int, set[str]] = {}
    pairs = Adoption.objects.filter(version__practice__in=list(practice_ids)).order_by()
    values = pairs.values_list("version__practice_id", "partner__country__code").distinct()
    for practice_id, code in values:
        found.setdefault(practice_id, set()).add(code)
    return found


def of_practice(practice: Practice) -> list[Adoption]:
    """Its adoptions, of whatever version, with what pages show of them."""
    adoptions = Adoption.objects.filter(version__practice=practice)
    return list(
        adoptions.select_related(
            "version", "partner__country", "person", "became__current"
        ).order_by("adopted_on", "pk")
    )


def may_become(adoption: Adoption) -> list[Practice]:
    """The practices of the adopting partner's country that could have grown out of it."""
    home = adoption.partner.country_id
    found = Practice.objects.published().filter(country_id=home)
    return list(found.exclude(pk=adoption.version.practice_id).select_related("current"))


def _may_grow(adoption: Adoption, became: Practice) -> None:
    if became.country_id != adoption.partner.country_id:
        raise CannotGrow(_("What grew out of it is a practice of the partner that adopted it."))
    if became.pk in _ancestors(adoption.version.practice_id):
        raise CannotGrow(_("A practice does not grow out of itself."))


def _ancestors(practice_id: int) -> set[int]:
    """The practice and all it grew from."""
    found, newest = {practice_id}, {practice_id}
    while newest:
        grown = Adoption.objects.filter(became__in=newest).order_by()
        newest = set(grown.values_list("version__practice_id", flat=True)) - found
        found |= newest
    return found
