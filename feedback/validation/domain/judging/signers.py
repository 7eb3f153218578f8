"""Who is too close to a material to sign what is said of it.

Its makers, and who reviewed it in the round that is judged. They sign only where nobody else with
the right is left; a page never tells who is kept from signing, because that would name reviewers.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import Membership, Person, User
from feedback.reviews.domain import identity, visibility
from feedback.reviews.models import ReviewRound
from materials.models import Version


class TooClose(Refused):
    """Somebody else has to sign; the message says why."""


def check(
    user: User,
    version: Version,
    country_id: int | None,
    review_round: ReviewRound | None,
    first: Person | None = None,
) -> None:
    """Raises TooClose for makers and reviewers while somebody else could sign.

    The version comes with its material; `first` is who has signed already, and cannot again.
    """
    why = _why(user, version, review_round)
    if why and _others(user, version, country_id, review_round, first).exists():
        raise TooClose(why)


def _why(user: User, version: Version, review_round: ReviewRound | None) -> str:
    if visibility.made_by(user, version):
        return _("You made this material: somebody else has to sign what is said of it.")
    if review_round is not None and identity.has_sent(user, review_round):
        return _("You reviewed this version in the round: somebody else has to sign the verdict.")
    return ""


def _others(
    user: User,
    version: Version,
    country_id: int | None,
    review_round: ReviewRound | None,
    first: Person | None,
) -> QuerySet[Person]:
    """Everybody else who could sign and is not too close; only ever asked whether there is one."""
    right = Q(role=Role.PROJECT_MANAGER)
    if country_id is not None:
        right |= Q(role=Role.COORDINATOR, cop__country_id=country_id)
    elif first is not None:
        scope = review_round.scope() if review_round else set()
        within = Q(cop__country_id__in=scope) if scope else Q()
        right |= Q(role=Role.COORDINATOR) & within
    holders = Membership.objects.current().filter(right).values("person_id")
    uploads = Version.objects.filter(material=version.material_id).values("uploaded_by_id")
    near = Q(pk=version.material.owner_id) | Q(pk__in=uploads) | Q(pk=user.person.pk)
    if first is not None:
        near |= Q(pk=first.pk)
    found = Person.objects.filter(pk__in=holders, user__is_active=True).exclude(near)
    return identity.without_reviewers(found, review_round) if review_round else found
