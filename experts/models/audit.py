"""What was done, by whom and when: written once, never altered."""

from __future__ import annotations

import pgtrigger
from django.db import models

from experts.models.communities import Country


class AuditEvent(models.Model):
    """A deed, written beside what it changed and never altered: who by code, what, when."""

    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    deed = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, related_name="+")
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="audit_object")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.deed}"
