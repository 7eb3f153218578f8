"""The verdict on one exact version, and the waiver that lets one be released without it."""

from __future__ import annotations

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LongTextField
from experts.models import Country, Person
from feedback.reviews.models import ReviewRound, ValidationPolicy
from feedback.validation import querysets
from feedback.validation.enums import GOOD, PROPOSED, Standing
from materials.models import Version

_CHOICES = [(standing.value, standing.label) for standing in PROPOSED]


@pghistory.track()
class Verdict(QuickLabels):
    """What a round says of a version in one country; without a country, of the consortium.

    It holds for exactly the bytes of `sha256`. `proposal` is what the frozen policy makes of the
    figures, `standing` what the person who confirmed says; where the two differ, a reason and a
    second signer are needed before it is in force. `basis` keeps the figures it rests on and
    `reasons` why, as codes with their numbers: [{"code", ...}]. `key` names it on public pages.

    An edition may take over the verdict of its source: `inherits` names that one.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="verdicts")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="verdicts"
    )
    round = models.ForeignKey(
        ReviewRound, on_delete=models.PROTECT, null=True, blank=True, related_name="verdicts"
    )
    policy = models.ForeignKey(ValidationPolicy, on_delete=models.PROTECT, related_name="verdicts")
    inherits = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="heirs"
    )
    sha256 = models.CharField(max_length=64, db_index=True)
    proposal = models.CharField(_("proposal"), max_length=10, choices=_CHOICES)
    standing = models.CharField(_("verdict"), max_length=10, choices=_CHOICES)
    reasons = models.JSONField(default=list)
    basis = models.JSONField(default=dict)
    override_reason = LongTextField(_("why it differs from the proposal"), blank=True)
    minority_opinion = LongTextField(_("minority opinion"), blank=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    second_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    final_at = models.DateTimeField(_("in force since"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawal_reason = LongTextField(_("why it is withdrawn"), blank=True)

    objects = querysets.VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["-confirmed_at", "-pk"]
        verbose_name = _("verdict")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "country"],
                condition=Q(
                    final_at__isnull=False, superseded_at__isnull=True, withdrawn_at__isnull=True
                ),
                nulls_distinct=False,
                name="verdict_one_in_force",
            ),
            # One waits for its second signature at a time.
            models.UniqueConstraint(
                fields=["version", "country"],
                condition=Q(
                    final_at__isnull=True, superseded_at__isnull=True, withdrawn_at__isnull=True
                ),
                nulls_distinct=False,
                name="verdict_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(standing=F("proposal")) | ~Q(override_reason=""),
                name="verdict_override_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(standing=F("proposal"))
                | Q(final_at__isnull=True)
                | Q(second_by__isnull=False),
                name="verdict_override_signed_twice",
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("confirmed_by")),
                name="verdict_second_signer_is_another",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""),
                name="verdict_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(round__isnull=False) | Q(inherits__isnull=False),
                name="verdict_rests_on_something",
            ),
        ]
        indexes = [
            # What the board, the gate and the catalogue ask for: the few that may be relied on.
            models.Index(
                fields=["version", "country"],
                name="verdict_good",
                condition=Q(
                    standing__in=sorted(GOOD),
                    final_at__isnull=False,
                    superseded_at__isnull=True,
                    withdrawn_at__isnull=True,
                ),
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="kept_as_signed",
                exclude=[
                    "second_by",
                    "final_at",
                    "superseded_at",
                    "withdrawn_at",
                    "withdrawn_by",
                    "withdrawal_reason",
                ],
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.standing}"

    def get_absolute_url(self) -> str:
        return numbered("verdict_detail", self.pk)

    @property
    def said(self) -> Standing:
        """The standing as it is today: withdrawn where it was withdrawn."""
        return Standing.WITHDRAWN if self.withdrawn_at else Standing(self.standing)


@pghistory.track()
class ReleaseWaiver(models.Model):
    """Why a version may be released although a verdict is missing in a country.

    Without a country it stands for all that are missing.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="waivers")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = LongTextField(_("reason"))
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-signed_at", "-pk"]
        verbose_name = _("waiver")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "country"],
                condition=Q(taken_back_at__isnull=True),
                nulls_distinct=False,
                name="waiver_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_of_release_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.reason[:60]}"
