"""The change ledger: what was asked of a material, by whom it is decided, and what came of it."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LongTextField
from cop_platform.common.times import validate_day
from experts.models import Country, Person
from feedback.changes import querysets
from feedback.changes.enums import Decision, Severity
from materials.models import Material, Version


@pghistory.track()
class ChangeRequest(QuickLabels):
    """A change somebody asked for, and the decision on it.

    `source_kind` and `source_key` name the comment it was made of, as the source of that kind is
    registered (`changes.sources`); both are empty for one that was typed in. `asked` keeps the
    words as they were; `public_asked` is what the public table says, without anything that tells
    who asked. Only the day of asking is kept.
    """

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="changes")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="changes")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source_kind = models.CharField(max_length=30, blank=True)
    source_key = models.BigIntegerField(null=True, blank=True)
    asked = LongTextField(_("what is asked"))
    public_asked = LongTextField(_("what the public table says"), blank=True)
    severity = models.CharField(
        _("severity"), max_length=10, choices=Severity.choices, default=Severity.MINOR
    )
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="changes_owned"
    )
    due_on = models.DateField(_("due on"), null=True, blank=True, validators=[validate_day])
    raised_on = models.DateField()
    raised_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.CharField(
        _("decision"), max_length=10, choices=Decision.choices, default=Decision.OPEN
    )
    reason = LongTextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    done_in = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="changes_done"
    )
    told_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.ChangeRequestQuerySet.as_manager()

    class Meta:
        ordering = ["material__code", "pk"]
        verbose_name = _("change request")
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_key"],
                condition=Q(source_key__isnull=False),
                name="change_of_a_source_once",
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.OPEN) | ~Q(reason=""),
                name="change_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=(Q(decision=Decision.OPEN) & Q(decided_at__isnull=True))
                | (~Q(decision=Decision.OPEN) & Q(decided_at__isnull=False)),
                name="change_decided_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.material} {self.pk}"

    def get_absolute_url(self) -> str:
        return numbered("change_detail", self.pk)
