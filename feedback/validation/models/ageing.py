"""Signs that a verdict is getting old, each with what was done about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.text import LongTextField
from experts.models import Person
from feedback.reviews.models import ReviewRound
from feedback.validation import querysets
from feedback.validation.enums import Sign
from materials.models import Version


class AgeingSign(models.Model):
    """Something a sensor noticed about a version; `detail` are the facts for its sentence.

    It is settled by a mini round (`round`) or by a reason why nothing is done.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="ageing_signs")
    sign = models.CharField(max_length=10, choices=Sign.choices)
    detail = models.JSONField(default=dict)
    noticed_on = models.DateField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = LongTextField(_("why nothing is done"), blank=True)
    round = models.ForeignKey(
        ReviewRound, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = querysets.AgeingSignQuerySet.as_manager()

    class Meta:
        ordering = ["noticed_on", "pk"]
        verbose_name = _("sign of ageing")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "sign"],
                condition=Q(settled_at__isnull=True),
                name="ageing_sign_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.sign}"

    def get_absolute_url(self) -> str:
        return numbered("ageing_detail", self.pk)
