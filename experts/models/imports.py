"""The work on a list of experts that somebody chose to import."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.models import OPEN_STATES, LongJob
from experts import querysets
from experts.models.communities import CommunityOfPractice
from experts.models.people import Person


class ImportRun(LongJob):
    """An import as somebody confirmed it: a worker writes the whole list or nothing of it.

    `listing` is the list as JSON, kept for the work alone and emptied when it is over; as text,
    because a cell may hold what JSON columns refuse. `token` tells one confirmed look at a list
    from another, so that a button pressed twice is one import.
    """

    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    listing = models.TextField(blank=True)
    rows = models.PositiveIntegerField(_("rows"))
    created = models.PositiveIntegerField(_("added"), null=True, blank=True)
    updated = models.PositiveIntegerField(_("brought up to date"), null=True, blank=True)
    communities = models.ManyToManyField(CommunityOfPractice, related_name="+", blank=True)

    objects = querysets.ImportRunQuerySet.as_manager()  # type: ignore[misc]  # the base has its own

    class Meta(LongJob.Meta):
        abstract = False
        ordering = ["-requested_at", "-pk"]
        constraints = [
            *LongJob.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES) | Q(listing=""),
                name="import_run_list_emptied",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(created__isnull=False, updated__isnull=False),
                name="import_run_has_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requested_at:%Y-%m-%d %H:%M} {self.state}"

    def get_absolute_url(self) -> str:
        return numbered("import_run", self.pk)
