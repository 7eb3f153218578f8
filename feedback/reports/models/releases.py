"""Numbered releases of validation reports, their files and steps, and the work on them."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cop_platform.common.models import OPEN_STATES, LongJob
from cop_platform.common.text import LongTextField
from experts.models import Country, Person
from feedback.reports import querysets
from feedback.reports.enums import FileFormat, Profile, Step
from feedback.reports.models.cuts import ReportCut


def _kept(name: str) -> pgtrigger.Protect:
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class Report(models.Model):
    """One release, never changed again: what about, period, profile, language, template and data.

    It is about a country, or about a cut; with neither it is the consortium's. `dataset` is what
    every file of the release was drawn from, `dataset_sha256` the hash of its canonical JSON. The
    moment of compiling stands here and in no file.
    """

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    cut = models.ForeignKey(
        ReportCut, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    number = models.PositiveIntegerField(_("release"))
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"))
    profile = models.CharField(
        _("for"), max_length=10, choices=Profile.choices, default=Profile.AGENCY
    )
    language = models.CharField(_("language"), max_length=3, default="en")
    template_version = models.CharField(max_length=20)
    dataset_sha256 = models.CharField(max_length=64)
    dataset = models.JSONField()
    compiled_at = models.DateTimeField(_("compiled"))

    objects = querysets.ReportQuerySet.as_manager()

    class Meta:
        ordering = ["country__code", "-number"]
        verbose_name = _("validation report")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "cut", "number"],
                nulls_distinct=False,
                name="report_number_once",
            ),
            models.UniqueConstraint(
                fields=[
                    "country",
                    "cut",
                    "period_start",
                    "period_end",
                    "profile",
                    "language",
                    "template_version",
                    "dataset_sha256",
                ],
                nulls_distinct=False,
                name="report_release_once",
            ),
            models.CheckConstraint(
                condition=Q(country__isnull=True) | Q(cut__isnull=True),
                name="report_country_or_cut",
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="report_period_forward"
            ),
        ]
        triggers = [_kept("report_kept")]

    def __str__(self) -> str:
        return f"{self.about} {self.number}"

    @property
    def about(self) -> str:
        """What the report is about in a few letters that a file name can carry."""
        if self.country is not None:
            return self.country.code
        return f"cut{self.cut_id}" if self.cut_id else "ALL"

    def file_name(self, file_format: str) -> str:
        """The name a download carries: BG-validation-report-3.pdf."""
        return f"{self.about}-validation-report-{self.number}.{file_format}"


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


class ReleaseStep(models.Model):
    """A release was signed by its partner, made public, or withdrawn; a step is never undone."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(_("step"), max_length=10, choices=Step.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = LongTextField(_("reason"), blank=True)

    class Meta:
        ordering = ["report", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "step"], name="release_step_once"),
            models.CheckConstraint(
                condition=~Q(step=Step.WITHDRAWN) | ~Q(reason=""), name="release_withdrawn_reason"
            ),
        ]
        triggers = [_kept("release_step_kept")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.step}"


class ReportRun(LongJob):
    """The work on a report: somebody asked for it, a worker does it, a release comes out."""

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="report_runs"
    )
    cut = models.ForeignKey(
        ReportCut, on_delete=models.PROTECT, null=True, blank=True, related_name="runs"
    )
    profile = models.CharField(
        _("for"), max_length=10, choices=Profile.choices, default=Profile.AGENCY
    )
    language = models.CharField(_("language"), max_length=3, default="en")
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"))
    # Empty where the night or the end of a round asked for it.
    requested_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
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
                fields=["country", "cut", "period_start", "period_end", "profile", "language"],
                nulls_distinct=False,
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
