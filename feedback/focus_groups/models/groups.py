"""A focus group: a session of that kind with its guide, the people sought, and how it was run."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import Country
from feedback.focus_groups import querysets
from feedback.focus_groups.enums import Composition, Recruited, Voice
from feedback.focus_groups.models.guides import Guide
from feedback.reviews.models import random_key
from materials.models import Version
from sessions.models import CopSession

SMALLEST, LARGEST = 5, 10


class FocusGroup(QuickLabels):
    """The plan of a guided talk of 5 to 10 people about versions of materials.

    When, where, moderator, note-taker and interpreter are the session's. What follows `composition`
    is told in the report (COREQ 1-15) and left empty where nobody wrote it down. `closed_on` is
    the day on which capture ended: then the group counts in reports.
    """

    session = models.OneToOneField(CopSession, on_delete=models.PROTECT, related_name="focus_group")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="focus_groups")
    voice = models.CharField(_("who is heard"), max_length=10, choices=Voice.choices)
    guide = models.ForeignKey(Guide, on_delete=models.PROTECT, related_name="groups")
    versions = models.ManyToManyField(
        Version, verbose_name=_("versions shown"), related_name="focus_groups", blank=True
    )
    languages = ArrayField(
        models.CharField(max_length=3, choices=settings.PROJECT_LANGUAGES),
        verbose_name=_("languages spoken"),
        default=list,
        blank=True,
    )
    fewest = models.PositiveSmallIntegerField(_("at least"), default=SMALLEST)
    most = models.PositiveSmallIntegerField(_("at most"), default=LARGEST)
    composition = models.CharField(
        _("who sits together"),
        max_length=10,
        choices=Composition.choices,
        default=Composition.MIXED,
    )
    recruitment = LongTextField(_("how people were found"), blank=True)
    refusals = LongTextField(_("why people said no or left"), blank=True)
    relation = LongTextField(_("how the moderator knows the participants"), blank=True)
    training = LongTextField(_("training of those who led the talk"), blank=True)
    others_present = LineField(_("who else was in the room"), blank=True)
    setting = LineField(_("what the place was like"), blank=True)
    incidents = LongTextField(_("what went wrong for people"), blank=True)
    silences = LongTextField(_("disagreements and silences"), blank=True)
    returned = LongTextField(_("how participants saw the results"), blank=True)
    closed_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.OfCountryQuerySet.as_manager()

    class Meta:
        ordering = ["-session__starts_at", "pk"]
        verbose_name = _("focus group")
        constraints = [
            models.CheckConstraint(
                condition=Q(fewest__gte=1, most__gte=F("fewest")), name="group_size_plausible"
            )
        ]

    def __str__(self) -> str:
        return str(self.session)

    def get_absolute_url(self) -> str:
        return numbered("group_detail", self.pk)


class RecruitedCount(QuickLabels):
    """How many people got that far; numbers alone, nobody's name."""

    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="recruited")
    step = models.CharField(max_length=10, choices=Recruited.choices)
    people = models.PositiveSmallIntegerField(_("people"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "step"], name="recruited_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.people}"


class Interpreter(models.Model):
    """Whoever renders a group's words: a label ("Interpreter 1") and the languages, no account."""

    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="interpreters")
    label = LineField(_("interpreter"), max_length=60)
    languages = ArrayField(
        models.CharField(max_length=3, choices=settings.PROJECT_LANGUAGES),
        verbose_name=_("interprets between"),
        default=list,
    )
    is_briefed = models.BooleanField(_("was briefed on confidentiality"), default=False)

    class Meta:
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["group", "label"], name="interpreter_label_once")
        ]

    def __str__(self) -> str:
        return self.label


class AttendanceLine(models.Model):
    """A name on the attendance list: proof that the group was held, and nothing else.

    No row of what was said leads here: not by a key, not by an order, not by a moment. The key is
    random, the page is sorted by name, and no instant is stored.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="attendance")
    name = LineField(_("name"))
    has_signed = models.BooleanField(_("signed on paper"), default=False)

    objects = querysets.OfGroupQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
