"""Who agreed to what: participant codes, the texts read to them, their answers.

A participant is a code in a group. No row here or below leads to a person or to a name.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.sounds import Sound
from cop_platform.common.text import LongTextField
from feedback.focus_groups import querysets
from feedback.focus_groups.enums import AgeBand, Gender, Purpose
from feedback.focus_groups.models.groups import FocusGroup
from feedback.reviews.models import random_key


class ConsentText(QuickLabels, Sound):
    """What is read before somebody agrees, in one language; the sound is its reading aloud.

    Words once used are not changed: other words are the next version.
    """

    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    language = models.CharField(_("language"), max_length=3)
    text = LongTextField(_("words"), max_length=2000)

    class Meta:
        ordering = ["purpose", "-version", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "version", "language"], name="consent_text_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version} {self.language}"


class Participant(QuickLabels):
    """Somebody who took part, as a code; the bands are as coarse as they said, or empty.

    `receipt` is the hash of the code on the slip the person took home: whoever holds the slip
    may take words back. Never asked: origin, nationality, status, religion, health.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="participants")
    code = models.CharField(_("code"), max_length=6)
    receipt = models.CharField(max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=3, blank=True)
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand.choices, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender.choices, blank=True)
    is_minor = models.BooleanField(_("under 18"), default=False)
    guardian_agreed = models.BooleanField(_("a guardian agreed as well"), default=False)
    uses_interpreter = models.BooleanField(_("speaks through an interpreter"), default=False)
    erased_on = models.DateField(null=True, blank=True)

    objects = querysets.ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["group", "code"]
        constraints = [
            models.UniqueConstraint(fields=["group", "code"], name="participant_code_once")
        ]

    def __str__(self) -> str:
        return self.code


class Consent(QuickLabels):
    """A participant's answer to one purpose, bound to the very words that were read."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    is_given = models.BooleanField(_("agreed"))
    was_read_aloud = models.BooleanField(_("was read aloud"), default=False)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["purpose"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "purpose"], name="consent_once_per_purpose"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.purpose}"

    @property
    def holds(self) -> bool:
        """Whether this may be done today."""
        return self.is_given and self.withdrawn_on is None
