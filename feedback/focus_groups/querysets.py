"""Questions asked of focus groups and forms; country borders are kept here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from feedback.focus_groups.enums import HOSTS, Purpose

if TYPE_CHECKING:
    from experts.models import User


class OfCountryQuerySet(models.QuerySet):
    """Rows with a `country`: seen by those who run groups there, and by the project manager."""

    def visible_to(self, user: User) -> Self:
        access = user.access
        if access.is_manager:
            return self
        return self.filter(country_id__in=access.countries(*HOSTS))

    def heard_by(self, user: User) -> Self:
        """What was said, word for word: the facilitators and coordinators of the country alone."""
        return self.filter(country_id__in=user.access.countries(*HOSTS))


class OfGroupQuerySet(models.QuerySet):
    """Rows that hang under a focus group: what was said there, and who agreed to what."""

    def heard_by(self, user: User) -> Self:
        return self.filter(group__country_id__in=user.access.countries(*HOSTS))


class ParticipantQuerySet(OfGroupQuerySet):
    def agreeing(self, purpose: str) -> Self:
        """Those who agreed to a purpose and did not take it back; with a guardian under 18."""
        return self.filter(
            models.Q(is_minor=False) | models.Q(guardian_agreed=True),
            consents__purpose=purpose,
            consents__is_given=True,
            consents__withdrawn_on__isnull=True,
        )


class QuoteQuerySet(OfGroupQuerySet):
    def checked(self) -> Self:
        """Those that somebody went through for details that tell who spoke."""
        return self.filter(checked_on__isnull=False)

    def quotable(self) -> Self:
        """Checked words whose speaker lets them be printed, today.

        What a whole group said was agreed to by nobody in particular: it counts and is not quoted.
        """
        return self.checked().filter(
            models.Q(participant__is_minor=False) | models.Q(participant__guardian_agreed=True),
            participant__consents__purpose=Purpose.QUOTES,
            participant__consents__is_given=True,
            participant__consents__withdrawn_on__isnull=True,
            words_deleted_on__isnull=True,
        )

    def codable(self) -> Self:
        """Checked words that are there: not what was only seen, nor lines whose time is over."""
        return self.checked().filter(
            models.Q(clean_words__gt="") | models.Q(clean_rendering__gt="")
        )

    def counted(self, until: date | None = None) -> Self:
        """Checked, and said on or before a day where one is given."""
        found = self.checked()
        return found if until is None else found.filter(group__session__wall_day__lte=until)


class ResponseQuerySet(models.QuerySet):
    def heard_by(self, user: User) -> Self:
        return self.filter(form__country_id__in=user.access.countries(*HOSTS))

    def finished(self) -> Self:
        return self.filter(finished_on__isnull=False)


class GuideQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Of no country: whoever runs groups somewhere, and the project manager."""
        access = user.access
        return self if access.is_manager or access.countries(*HOSTS) else self.none()

    def in_use(self) -> Self:
        return self.filter(retired_at__isnull=True)


class CodeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(country_id__in=user.access.countries(*HOSTS))

    def in_use(self) -> Self:
        """Codes that were not merged into another one."""
        return self.filter(merged_into__isnull=True)


def shown_first(versions: Any, session: Any, group: Any = None) -> tuple[Any, Any]:
    """Versions that a group may show: those of the materials on the session's table, and the newest
    of every other material and language. What a group shows already is always among them.
    """
    table = models.Q(material__in=session.materials.all())
    kept = models.Q(pk__in=group.versions.all()) if group else models.Q(pk__in=[])
    everything = versions.model._default_manager.select_related("material")
    mine = everything.filter(models.Q(pk__in=versions.values("pk")) | kept)
    newer = versions.filter(
        material=models.OuterRef("material"),
        language=models.OuterRef("language"),
        number__gt=models.OuterRef("number"),
    )
    others = mine.exclude(table).filter(~models.Exists(newer) | kept)
    order = ("material__code", "language", "-number")
    return mine.filter(table).order_by(*order), others.order_by(*order)
