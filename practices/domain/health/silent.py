"""Members nobody has heard of for a while: somebody may miss them.

Told with care: everybody sees a number; the names see only those who coordinate their country, in
the order of the alphabet and each with one thing to do. Who was asked for a review counts as in
touch, whether it was sent or not, so that who is left out tells nothing about reviews.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cop_platform.common.addresses import numbered
from experts.enums import Role
from experts.models import Membership, Person
from practices.domain import contributing
from practices.domain.contributing import Span
from practices.domain.health import upper
from practices.domain.health.facts import SPAN
from practices.enums import Given
from sessions.enums import Answer
from sessions.models import CopSession, Invitation

# Whoever came later is a newcomer, not silent.
SETTLED = timedelta(days=60)


@dataclass(frozen=True)
class Quiet:
    """A member to think of, and the one thing that could be done."""

    person: Person
    action: str
    url: str


def keys(country_id: int, at: datetime) -> list[int]:
    """Experts of a country of whom nothing was heard for ninety days; in no order that ranks."""
    since = at - SPAN
    settled = Membership.objects.current().filter(
        cop__country=country_id, role=Role.EXPERT, joined_on__lte=(at - SETTLED).date()
    )
    known = set(settled.order_by().values_list("person_id", flat=True))
    span = Span(since, at, frozenset(known))
    heard = {one.person_id for one in contributing.of(span) if one.given != Given.REVIEW}
    answered = Invitation.objects.filter(person__in=known, answered_at__gte=since).order_by()
    heard.update(answered.values_list("person_id", flat=True))
    return sorted(known - heard - upper.busy_since(since))


def named(people: Iterable[int], country_id: int, at: datetime) -> list[Quiet]:
    """The members by name, each with one action; for their own coordinators alone."""
    found = Person.objects.filter(pk__in=list(people)).select_related("expert").order_by("name")
    coming = CopSession.objects.in_country(country_id).upcoming(at).first()
    asked = _asked(people, at)
    return [_quiet(person, asked.get(person.pk), coming) for person in found]


def _asked(people: Iterable[int], at: datetime) -> dict[int, CopSession]:
    """The next session each was invited to and has not answered."""
    waiting = Invitation.objects.filter(
        person__in=list(people),
        answer=Answer.NONE,
        session__starts_at__gt=at,
        session__cancelled_at__isnull=True,
    )
    rows = waiting.select_related("session").order_by("-session__starts_at")
    return {one.person_id: one.session for one in rows}


def _quiet(person: Person, asked: CopSession | None, coming: CopSession | None) -> Quiet:
    if asked is not None:
        said = _("Ask whether “{title}” suits them").format(title=asked.title)
        return Quiet(person, said, numbered("session_detail", asked.pk))
    if coming is not None:
        said = _("Invite them to “{title}”").format(title=coming.title)
        return Quiet(person, said, numbered("session_invite", coming.pk))
    return Quiet(person, _("Write them a few words"), person.get_absolute_url())
