"""How released editions are found and used; nothing here knows who looked."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from experts.models import Country
from materials.enums import UsedHow
from materials.models.works import Version


class SearchText(models.Model):
    """The words of a version as they are searched: normalised by us, then by its language."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="search_text")
    words = models.TextField()
    title = models.CharField(max_length=500)
    vector = SearchVectorField()

    class Meta:
        verbose_name = _("searched text")
        indexes = [
            GinIndex(fields=["vector"], name="search_text_vector"),
            # Asked with weights, the first index would have every long vector read again.
            GinIndex(
                Func(F("vector"), Value("{a,b}"), function="ts_filter"), name="search_text_card"
            ),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="search_text_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Download(models.Model):
    """How often a released edition was fetched on a day; a number, no visitor."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="downloads")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("download")
        constraints = [models.UniqueConstraint(fields=["version", "day"], name="download_day_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.day}"


class LearnerUse(QuickLabels):
    """How often an edition was used with a learner on a day and how it went; no person, no text."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="uses")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    day = models.DateField()
    how = models.CharField(max_length=10, choices=UsedHow.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("use with a learner")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "country", "day", "how"],
                name="learner_use_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.day} {self.how}"
