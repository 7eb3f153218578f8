"""Rounds: which exact version a panel looks at, in which phase, hidden from whom."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from cop_platform.common.times import validate_day
from experts.models import Country, Person
from feedback.reviews import querysets
from feedback.reviews.enums import Blindness, Phase
from feedback.reviews.models.rubrics import Rubric, ValidationPolicy
from materials.models import Material, Version


class RoundGroup(models.Model):
    """Rounds that were opened together: one for each version in scope, led as one."""

    name = LineField(_("name"))
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class ReviewRound(QuickLabels):
    """A panel's time with one exact version.

    `country` is the country of a panel of one; without it the `countries` join in, and all of them
    where none is named. `previous` is the round whose reviewers see here what became of their
    comments. `panel_size` is the number of experts wanted of each country; the quotas beside it
    count within the whole panel.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="review_rounds")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="rounds")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="review_rounds"
    )
    countries = models.ManyToManyField(Country, blank=True, related_name="+")
    group = models.ForeignKey(
        RoundGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds"
    )
    policy = models.ForeignKey(
        ValidationPolicy, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next_rounds"
    )
    phase = models.CharField(
        _("phase"), max_length=12, choices=Phase.choices, default=Phase.INDEPENDENT
    )
    blindness = models.CharField(
        _("who is hidden"), max_length=12, choices=Blindness.choices, default=Blindness.BOTH
    )
    accept_first = models.BooleanField(_("experts accept before they see the file"), default=False)
    panel_size = models.PositiveSmallIntegerField(_("experts of each country"), default=3)
    quota_practitioners = models.PositiveSmallIntegerField(_("practitioners"), default=0)
    quota_lived = models.PositiveSmallIntegerField(_("people with lived experience"), default=0)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_on = models.DateField(_("due on"), validators=[validate_day])
    instruction = LongTextField(_("what to look at"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "country"],
                condition=Q(closed_at__isnull=True),
                nulls_distinct=False,
                name="round_one_open_per_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.due_on})"

    def get_absolute_url(self) -> str:
        return numbered("round_detail", self.pk)

    def scope(self) -> set[int]:
        """Ids of the countries whose experts are asked; none of them is all."""
        if self.country_id is not None:
            return {self.country_id}
        return {country.pk for country in self.countries.all()}


class PhaseChange(models.Model):
    """When a round went from one phase into the next: what was seen on a day follows."""

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="phase_changes")
    phase = models.CharField(max_length=12, choices=Phase.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.phase}"


class RoundResponse(models.Model):
    """What the author answers the reviewers of a round; it may be edited until the decision."""

    round = models.OneToOneField(ReviewRound, on_delete=models.PROTECT, related_name="response")
    text = LongTextField(_("response to the reviewers"), blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.round_id}"


class ConflictOfInterest(models.Model):
    """Why a person should not review a material, as declared; a waiver says why they may."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="conflicts")
    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="conflicts")
    reason = LongTextField(_("reason"), blank=True)
    declared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    waived_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    waived_at = models.DateTimeField(null=True, blank=True)
    waiver_reason = LongTextField(_("why it may be waived"), blank=True)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.UniqueConstraint(fields=["person", "material"], name="conflict_once"),
            models.CheckConstraint(
                condition=Q(waived_at__isnull=True) | ~Q(waiver_reason=""),
                name="waiver_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.material_id}"
