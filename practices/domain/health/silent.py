"""Members nobody has heard of for a while: somebody may miss them.

Told with care: everybody sees a number; the names see only those who coordinate their country, in
the order of the alphabet and each with one thing to do. Who was asked for a review counts as in
touch, whether it was sent or not, so that who is left out tells nothing about reviews.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cop_platform.common.addresses import numbered
from experts.models import Person
from practices.domain.health import upper
from practices.domain.health.facts import SPAN, Facts
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


def of(facts: Facts) -> dict[int, tuple[int, ...]]:
    """Ids of the experts nobody has heard of for ninety days, by country, in no order that ranks.

    Two questions beside what was read.
    """
    since = facts.at - SPAN
    heard = {one.person_id for one in facts.given if one.at >= since and one.given != Given.REVIEW}
    answered = Invitation.objects.filter(answered_at__gte=since).order_by()
    heard.update(answered.values_list("person_id", flat=True).distinct())
    heard |= upper.busy_since(since)
    settled = (facts.at - SETTLED).date()
    found: dict[int, list[int]] = defaultdict(list)
    for member in facts.members:
        if member.joined_on <= settled and member.person_id not in heard:
            found[member.country_id].append(member.person_id)
    return {country: tuple(sorted(people)) for country, people in found.items()}


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
