"""Promises that went from one person to another in one act."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cop_platform.common.addresses import numbered
from experts.models import Person
from sessions import action_querysets
from sessions.models.actions import ActionItem


class ActionHandOver(models.Model):
    """The open promises of `before` that are those of `after` now.

    Until `until` it can be taken back by what `kept` says: the revisions of the actions right
    after it, and the mails it made and withdrew. Who has them now hears of it then.
    """

    before = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    actions = models.ManyToManyField(ActionItem, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    kept = models.JSONField(default=dict)

    objects = action_querysets.ActionHandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=models.F("after")), name="handed_to_somebody_else"
            )
        ]

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"

    def get_absolute_url(self) -> str:
        return numbered("action_handed", self.pk)
