"""Change watch: a law or a policy changes, and what of ours it touches."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import Country, Person
from materials.enums import PortfolioPart
from materials.models import Material
from practices import querysets
from practices.enums import Touched, WatchKind
from practices.models.practices import Practice


class WatchItem(QuickLabels):
    """Something outside that changes: in one country, or in all where `country` is empty.

    `parts` are the parts of an e-portfolio it is about: materials with one of them are looked at.
    `tags` are words: practices with one of them are looked at.
    """

    title = LineField(_("what changes"))
    kind = models.CharField(_("kind"), max_length=10, choices=WatchKind.choices)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="watch_items"
    )
    source = models.URLField(_("where it can be read"), max_length=500)
    effect = LongTextField(_("what it changes for people with a portfolio"))
    from_on = models.DateField(_("holds from"))
    parts = ArrayField(
        models.CharField(max_length=20, choices=PortfolioPart.choices), default=list, blank=True
    )
    tags = ArrayField(LineField(max_length=40), default=list, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="watch_items")
    added_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.WatchQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        verbose_name = _("change outside")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return numbered("watch_detail", self.pk)


class WatchTarget(QuickLabels):
    """A material or a practice that an item may touch, and what somebody found on looking."""

    item = models.ForeignKey(WatchItem, on_delete=models.CASCADE, related_name="targets")
    material = models.ForeignKey(
        Material, on_delete=models.CASCADE, null=True, blank=True, related_name="watch_targets"
    )
    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, null=True, blank=True, related_name="watch_targets"
    )
    touched = models.CharField(max_length=8, choices=Touched.choices, default=Touched.OPEN)
    note = LongTextField(_("what has to change, or why nothing has to"), blank=True)
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["item", "material__code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(material__isnull=False, practice__isnull=True)
                | Q(material__isnull=True, practice__isnull=False),
                name="watch_target_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["item", "material"],
                condition=Q(material__isnull=False),
                name="watch_material_once",
            ),
            models.UniqueConstraint(
                fields=["item", "practice"],
                condition=Q(practice__isnull=False),
                name="watch_practice_once",
            ),
            models.CheckConstraint(
                condition=Q(touched=Touched.OPEN) | (~Q(note="") & Q(settled_on__isnull=False)),
                name="watch_settled_in_words",
            ),
        ]

    def __str__(self) -> str:
        return str(self.material or self.practice)
