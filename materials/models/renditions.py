"""What is drawn from a version so that it can be read on a page; all of it can be made again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.models import LongJob
from cop_platform.common.text import LineField, LongTextField
from experts.models import Person
from materials import querysets
from materials.enums import Shown, TrackKind
from materials.models.works import Version


class Rendition(QuickLabels, LongJob):
    """The work of drawing a version, and what came of it.

    `shown` says how the version is read on a page once the job is ready; `pdf` is the PDF that an
    Office or ODF file became, `stripped` the copy without names that reviewers get. Files are keyed
    by the hash of their bytes.
    """

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="rendition")
    requested_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    shown = models.CharField(max_length=10, choices=Shown.choices, default=Shown.NOT_YET)
    why_not = LineField(blank=True)
    pages = models.PositiveIntegerField(default=0)
    pdf = models.FileField(blank=True)
    thumbnail = models.FileField(blank=True)
    stripped = models.FileField(blank=True)
    stripped_sha256 = models.CharField(max_length=64, blank=True)
    names_found = models.JSONField(default=list)
    drawn_with = models.CharField(max_length=100, blank=True)

    class Meta(LongJob.Meta):
        verbose_name = _("rendition")

    def __str__(self) -> str:
        return f"{self.version}"

    def get_absolute_url(self) -> str:
        return numbered("version_drawing", self.version_id)


class Page(models.Model):
    """One page of a version: its words, its size in points, and its picture."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="page_set")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    width = models.FloatField()
    height = models.FloatField()
    image = models.FileField(blank=True)

    objects = querysets.PageQuerySet.as_manager()

    class Meta:
        ordering = ["version", "number"]
        verbose_name = _("page")
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="page_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.number}"


class TextTrack(QuickLabels):
    """The words of a video in one language, as WebVTT: captions, or a transcript."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="tracks")
    kind = models.CharField(max_length=12, choices=TrackKind.choices)
    language = models.CharField(_("language"), max_length=3, choices=settings.PROJECT_LANGUAGES)
    text = LongTextField(_("text"))
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["version", "kind", "language"]
        verbose_name = _("text of a video")
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "language"], name="text_track_once")
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.kind} {self.language}"


class Preflight(models.Model):
    """Signals read from a version before experts spend time on it; never a verdict.

    `signals` is a list of {"code", "level", ...numbers}; the words stand in the code, so that they
    follow the reader's language. `rules` is the number of the rules they were read with.
    """

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="preflight")
    rules = models.PositiveSmallIntegerField()
    signals = models.JSONField(default=list)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pre-flight")

    def __str__(self) -> str:
        return f"{self.version}"
