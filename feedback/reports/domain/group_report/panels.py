"""Reports of a group, from its page; how many groups a country planned and held."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, Subquery

from cop_platform.common.panels import Panel
from experts.models import Country, User
from feedback.focus_groups import permissions as group_permissions
from feedback.focus_groups.models import FocusGroup
from feedback.reports import permissions
from feedback.reports.models import IndicatorTarget

# What the plan promises under this key is held against the groups that were closed.
_HELD = "focus_groups_held"


def of_group(_user: User, group: FocusGroup) -> list[Panel]:
    """For whoever sees the group; no query."""
    return [Panel("feedback/_group_report_panel.html", {"group": group})]


def of_country(user: User, country: Country) -> list[Panel]:
    """Planned and held, for those who run groups or read reports; one query."""
    runs = group_permissions.may_plan.allows(user, country.pk)
    if not (runs or permissions.may_read.allows(user, country.pk)):
        return []
    target = IndicatorTarget.objects.filter(key=_HELD, country=OuterRef("pk"))
    closed = Count("focus_groups", filter=Q(focus_groups__closed_on__isnull=False))
    counted = Country.objects.filter(pk=country.pk).annotate(
        held=closed, planned=Subquery(target.values("planned")[:1])
    )
    held, planned = counted.values_list("held", "planned").get()
    context = {"held": held, "planned": planned, "runs": runs, "missed": held < (planned or 0)}
    return [Panel("feedback/_country_groups_panel.html", context)]
