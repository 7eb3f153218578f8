"""Briefs: what members suggest, for those who decide about the sector, line by line with source."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import Country, Person
from practices import querysets
from practices.enums import BriefAudience


class Brief(QuickLabels):
    """What we suggest to one audience; `country` is empty for one of the whole project."""

    title = LineField(_("title"))
    intro = LongTextField(_("in three sentences"), blank=True)
    audience = models.CharField(_("for"), max_length=10, choices=BriefAudience.choices)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="briefs"
    )
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.MembersQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return numbered("brief_detail", self.pk)


class BriefLine(models.Model):
    """One suggestion under a theme, in words for the audience, and the item it comes from.

    The item is named by kind and key; country and day are kept, so that the line can be cited when
    the item is gone.
    """

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    theme = LineField(_("theme"))
    text = LongTextField(_("what we suggest"))
    source_kind = models.CharField(max_length=20)
    source_id = models.PositiveBigIntegerField()
    source_country = models.CharField(max_length=2, blank=True)
    source_day = models.DateField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["brief", "source_kind", "source_id"], name="brief_source_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_kind} {self.source_id}"
