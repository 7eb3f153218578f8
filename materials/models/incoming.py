"""Files on their way in, chunk by chunk; nobody but their sender sees them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineField
from experts.models import Person
from materials import querysets
from materials.enums import BY_MEDIA_TYPE, Format


class IncomingFile(models.Model):
    """An upload that may stop and go on; `received` of `size` bytes lie under incoming/KEY.

    `facts` is what could be read from the file once it is whole: title, language, pages, seconds.
    A row that became a version, or that is too old, is taken away with its bytes.
    """

    key = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="incoming_files")
    name = LineField(_("file name"))
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    facts = models.JSONField(default=dict)
    refused = LineField(_("why it was refused"), blank=True)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)

    objects = querysets.IncomingFileQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "pk"]
        verbose_name = _("incoming file")
        constraints = [
            models.CheckConstraint(
                condition=Q(received__lte=F("size")), name="incoming_not_more_than_said"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        """Every byte that was announced has come."""
        return self.received == self.size

    @property
    def is_ready(self) -> bool:
        """Proved; what is missing is what people say about it."""
        return bool(self.sha256)

    @property
    def format(self) -> Format | None:
        """The allowlist's line of a proved file."""
        return BY_MEDIA_TYPE.get(self.media_type)

    @property
    def minutes(self) -> str:
        """How long a film runs, as 3:05; empty for anything else."""
        seconds = self.facts.get("seconds")
        return f"{seconds // 60}:{seconds % 60:02d}" if seconds else ""
