"""Questions asked of reports and of the work on them; country borders are kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from cop_platform.common.models import LongJobQuerySet
from feedback.reports.enums import READERS, Step

if TYPE_CHECKING:
    from experts.models import User


def _own_or_public(user: User, prefix: str = "") -> Q:
    """What is about a country one answers for, and what everybody may read."""
    mine = Q(**{f"{prefix}country_id__in": user.access.countries(*READERS)})
    # By key: a join with the steps would show a release once for each.
    return mine | Q(**{f"{prefix}pk__in": _made_public()})


def _made_public() -> models.QuerySet:
    # By name: the models import this module.
    steps = apps.get_model("feedback", "ReleaseStep")._default_manager
    return steps.filter(step=Step.PUBLIC).values("report")


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Coordinators and partners of that country, and the project manager.

        What was made public is everybody's, also after it was withdrawn.
        """
        return self if user.access.is_manager else self.filter(_own_or_public(user))

    def public(self) -> Self:
        """What strangers may read; withdrawn ones stay, and say so."""
        return self.filter(pk__in=_made_public())

    def standing(self, state: str) -> Self:
        """Releases whose last step is this one; "draft" are those without any."""
        steps = [Step.SIGNED, Step.PUBLIC, Step.WITHDRAWN]
        if state == "draft":
            return self.filter(steps__isnull=True)
        later = steps[steps.index(Step(state)) + 1 :]
        return self.filter(steps__step=state).exclude(steps__step__in=later)


class ReportFileQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The files of the reports somebody may see."""
        return self if user.access.is_manager else self.filter(_own_or_public(user, "report__"))

    def public(self) -> Self:
        """The files of reports that strangers may read."""
        return self.filter(report__in=_made_public())


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

    def with_contents(self) -> Self:
        """Countries and materials along, and how many releases there are as `n_releases`."""
        found = self.prefetch_related("countries", "materials")
        return found.annotate(n_releases=models.Count("reports", distinct=True))
