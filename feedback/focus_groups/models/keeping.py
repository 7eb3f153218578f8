"""How long things are kept, and what was erased before its time."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField
from feedback.focus_groups.enums import Kept


class RetentionRule(QuickLabels):
    """So many days after the day a kind's clock starts, what is of that kind is deleted."""

    kind = models.CharField(_("what"), max_length=12, choices=Kept.choices, unique=True)
    days = models.PositiveIntegerField(_("kept for so many days"))
    why = LineField(_("why so long"), blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kind"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.days}"


class Erasure(models.Model):
    """That something was erased, so that it is erased again after a backup came back.

    `receipt` is the hash of the slip it was asked with; nothing tells what it was.
    """

    receipt = models.CharField(max_length=64, unique=True)
    erased_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.erased_on}"
