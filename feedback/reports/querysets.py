"""Questions asked of reports and of the work on them; country borders are kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from cop_platform.common.models import LongJobQuerySet
from feedback.reports.enums import READERS

if TYPE_CHECKING:
    from experts.models import User


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Coordinators and partners of that country, and the project manager."""
        if user.access.is_manager:
            return self
        return self.filter(country_id__in=user.access.countries(*READERS))

    def with_files(self) -> Self:
        return self.prefetch_related("files")


class ReportFileQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The files of the reports somebody may see."""
        if user.access.is_manager:
            return self
        return self.filter(report__country_id__in=user.access.countries(*READERS))


class ReportRunQuerySet(LongJobQuerySet):
    def visible_to(self, user: User) -> Self:
        """As the report that comes out of it."""
        if user.access.is_manager:
            return self
        return self.filter(country_id__in=user.access.countries(*READERS))


class ReportCutQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Cuts are the project manager's."""
        return self if user.access.is_manager else self.none()
