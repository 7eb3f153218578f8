"""The funder's rules as data: the grant, its literal words in each language, and the pictures."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import Partner, Person
from feedback.reports.enums import MEDIA_TYPES, Licence


@pghistory.track()
class Grant(QuickLabels):
    """The agreement that pays for the project; there is one.

    `result` is the work package or result that the reports belong to, `emblem` the funder's emblem
    as it was handed out, never drawn by us.
    """

    acronym = LineField(_("acronym"))
    title = LineField(_("title of the project"))
    number = LineField(_("grant number"))
    authority = LineField(_("granting authority"))
    result = LineField(_("result or work package"), blank=True)
    licence = models.CharField(
        _("licence of the reports"),
        max_length=20,
        choices=Licence.choices,
        default=Licence.CC_BY_4,
    )
    emblem = models.BinaryField(blank=True, default=bytes)
    emblem_type = models.CharField(
        max_length=20, blank=True, choices=[(kind, kind) for kind in MEDIA_TYPES]
    )
    emblem_words = LineField(_("what the emblem shows"), blank=True)

    class Meta:
        verbose_name = _("grant")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="grant_is_one"),
        ]

    def __str__(self) -> str:
        return self.number


@pghistory.track()
class FundingText(QuickLabels):
    """Funding statement and disclaimer in one language, word for word as the agreement has them.

    Only what the project manager signed off goes into a report that is published.
    """

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(_("language"), max_length=3)
    statement = LongTextField(_("funding statement"))
    disclaimer = LongTextField(_("disclaimer"))
    signed_off_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["grant", "language"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "language"], name="funding_text_once"),
            models.CheckConstraint(
                condition=Q(signed_off_by__isnull=True, signed_off_at__isnull=True)
                | Q(signed_off_by__isnull=False, signed_off_at__isnull=False),
                name="funding_text_signed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.language}"


@pghistory.track()
class Logo(QuickLabels):
    """A partner's logo for covers; shown never larger than the emblem."""

    partner = models.OneToOneField(Partner, on_delete=models.PROTECT, related_name="logo")
    picture = models.BinaryField()
    media_type = models.CharField(max_length=20, choices=[(kind, kind) for kind in MEDIA_TYPES])

    class Meta:
        ordering = ["partner"]

    def __str__(self) -> str:
        return str(self.partner_id)
