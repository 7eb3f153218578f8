"""What people gave by good practices: cards, checks, and using what others wrote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from django.db.models import Q

from cop_platform.common.addresses import numbered
from practices.domain.contributing import Contribution, Span
from practices.enums import CheckStep, Given
from practices.models import Adoption, PracticeVersion

_NOON = time(12)


def of_versions(span: Span) -> Iterator[Contribution]:
    """The author of each published version, and who screened and checked it."""
    days = (span.since.date(), span.until.date())
    told = Q(screened_on__range=days) | Q(published_on__range=days)
    versions = PracticeVersion.objects.filter(told).select_related(
        "practice__author", "screened_by", "checked_by"
    )
    for version in versions.order_by():
        author = version.practice.author
        deeds = [(version.screened_by, version.screened_on, Given.CHECK)]
        if version.step == CheckStep.PUBLISHED:
            deeds.append((version.checked_by, version.published_on, Given.CHECK))
            deeds.append((author, version.published_on, Given.PRACTICE))
        for person, day, given in deeds:
            if person is None or day is None or not _is_within(span, person.pk, day):
                continue
            # A check that is under way is not told by its title.
            is_open = version.step == CheckStep.PUBLISHED
            yield Contribution(
                person_id=person.pk,
                country_id=person.country_id,
                at=_noon(day),
                given=given,
                to_id=author.pk if given == Given.CHECK else None,
                thread=f"practice:{version.practice_id}",
                title=version.title if is_open else "",
                url=numbered("practice_detail", version.practice_id) if is_open else "",
            )


def of_adoptions(span: Span) -> Iterator[Contribution]:
    """Who adopted a practice: it ties the adopter to the author."""
    days = (span.since.date(), span.until.date())
    found = Adoption.objects.filter(adopted_on__range=days)
    for adoption in found.select_related("version__practice", "person").order_by():
        if not _is_within(span, adoption.person_id, adoption.adopted_on):
            continue
        practice = adoption.version.practice
        yield Contribution(
            person_id=adoption.person_id,
            country_id=adoption.person.country_id,
            at=_noon(adoption.adopted_on),
            given=Given.ADOPTION,
            to_id=practice.author_id,
            thread=f"practice:{practice.pk}",
            title=adoption.version.title,
            url=numbered("practice_detail", practice.pk),
        )


def _noon(day: date) -> datetime:
    """Rows know the day alone; noon lies on it in every zone of the project."""
    return datetime.combine(day, _NOON, UTC)


def _is_within(span: Span, person_id: int, day: date) -> bool:
    if span.people is not None and person_id not in span.people:
        return False
    return span.since <= _noon(day) < span.until
