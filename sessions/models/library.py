"""What a new session starts from: the template of its kind and the methods of its steps."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import Person
from sessions import querysets
from sessions.enums import Duty, GuestRule, Kind


class Method(models.Model):
    """A way to spend time together, with its steps as [title, minutes]."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = LineField(_("name"))
    purpose = LongTextField(_("good for"), blank=True)
    steps = models.JSONField(_("steps"), default=list)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.LibraryQuerySet.as_manager()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name

    @property
    def minutes(self) -> int:
        return sum(minutes for _title, minutes in self.steps)


class KindTemplate(QuickLabels):
    """What choosing a kind fills in: agenda, roles, reminders, guests, documents.

    `reminders` are rules, see domain/reminder_rules.py.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, unique=True)
    steps = models.JSONField(_("agenda"), default=list)
    duties_needed = ArrayField(
        models.CharField(max_length=15, choices=Duty.choices),
        verbose_name=_("roles needed"),
        default=list,
        blank=True,
    )
    reminders = models.JSONField(_("reminders"), default=list, blank=True)
    guest_rule = models.CharField(
        _("who is asked"), max_length=10, choices=GuestRule.choices, default=GuestRule.CHOSEN
    )
    capacity = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    documents = ArrayField(LineField(), verbose_name=_("documents"), default=list, blank=True)
    chatham_house = models.BooleanField(_("Chatham House rule"), default=False)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.LibraryQuerySet.as_manager()

    class Meta:
        ordering = ["kind"]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def minutes(self) -> int:
        return sum(minutes for _title, minutes in self.steps)
