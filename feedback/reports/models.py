"""Numbered releases of a country's validation report, their files, and the work on them."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cop_platform.common.models import OPEN_STATES, LongJob
from experts.models import Country, Person
from feedback.reports import querysets
from feedback.reports.enums import FileFormat


def _kept(name: str) -> pgtrigger.Protect:
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class Report(models.Model):
    """One release, never changed again: country, period, profile, language, template and data.

    `dataset` is what every file of the release was drawn from, `dataset_sha256` the hash of its
    canonical JSON. The moment of compiling stands here and in no file.
    """

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField(_("release"))
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"))
    profile = models.CharField(max_length=10, default="agency")
    language = models.CharField(max_length=3, default="en")
    template_version = models.CharField(max_length=20)
    dataset_sha256 = models.CharField(max_length=64)
    dataset = models.JSONField()
    compiled_at = models.DateTimeField(_("compiled"))

    objects = querysets.ReportQuerySet.as_manager()

    class Meta:
        ordering = ["country__code", "-number"]
        verbose_name = _("validation report")
        constraints = [
            models.UniqueConstraint(fields=["country", "number"], name="report_number_once"),
            models.UniqueConstraint(
                fields=[
                    "country",
                    "period_start",
                    "period_end",
                    "profile",
                    "language",
                    "template_version",
                    "dataset_sha256",
                ],
                name="report_release_once",
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="report_period_forward"
            ),
        ]
        triggers = [_kept("report_kept")]

    def __str__(self) -> str:
        return f"{self.country.code} {self.number}"

    def file_name(self, file_format: str) -> str:
        """The name a download carries: BG-validation-report-3.pdf."""
        return f"{self.country.code}-validation-report-{self.number}.{file_format}"


class ReportFile(models.Model):
    """One document of a release, kept by the hash of its bytes."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(_("format"), max_length=5, choices=FileFormat.choices)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    file = models.FileField(max_length=120)

    objects = querysets.ReportFileQuerySet.as_manager()

    class Meta:
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "format"], name="report_format_once")
        ]
        triggers = [_kept("report_file_kept")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.format}"

    def get_absolute_url(self) -> str:
        return reverse(f"report_{self.format}", args=[self.report_id])


class ReportRun(LongJob):
    """The work on a report: somebody asked for it, a worker does it, a release comes out."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="report_runs")
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"))
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="runs"
    )

    objects = querysets.ReportRunQuerySet.as_manager()  # type: ignore[misc]  # the base has its own

    class Meta(LongJob.Meta):
        abstract = False
        ordering = ["-requested_at", "-pk"]
        constraints = [
            *LongJob.Meta.constraints,
            models.UniqueConstraint(
                fields=["country", "period_start", "period_end"],
                condition=Q(state__in=OPEN_STATES),
                name="report_run_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(report__isnull=False), name="report_run_has_report"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.period_start} {self.period_end}"

    def get_absolute_url(self) -> str:
        return reverse("report_run", args=[self.pk])
