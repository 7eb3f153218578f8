"""What was said in a group: quotes, priorities, a recording until it is written down."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.sounds import Sound
from cop_platform.common.text import LineField, LongTextField
from feedback.focus_groups import querysets
from feedback.focus_groups.models.consents import Participant
from feedback.focus_groups.models.groups import FocusGroup, Interpreter
from feedback.focus_groups.models.guides import GuideQuestion
from feedback.reviews.models import random_key


class Quote(QuickLabels):
    """Words of one participant, or of the whole group where `participant` is empty.

    `words` are the original in `language`; `rendering` is what the interpreter made of them, in
    `rendering_language`. `client_key` comes from the device that wrote it down, so that a line
    sent twice is one line. Nobody but the group's own people reads `words` and `rendering`:
    others read `clean_words` and `clean_rendering`, filled when somebody checked the line for
    details that tell who spoke (`checked_on`). When its time is over the words go and the line
    stays (`words_deleted_on`), so that what was counted can still be counted.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    client_key = models.UUIDField(default=uuid.uuid4, editable=False)
    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="quotes")
    question = models.ForeignKey(
        GuideQuestion, on_delete=models.PROTECT, null=True, blank=True, related_name="quotes"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="quotes"
    )
    position = models.PositiveIntegerField(default=0)
    words = LongTextField(_("what was said"), blank=True)
    language = models.CharField(_("language"), max_length=3, choices=settings.PROJECT_LANGUAGES)
    rendering = LongTextField(_("as the interpreter said it"), blank=True)
    rendering_language = models.CharField(
        _("language of the interpreter's words"),
        max_length=3,
        choices=settings.PROJECT_LANGUAGES,
        blank=True,
    )
    interpreter = models.ForeignKey(
        Interpreter, on_delete=models.PROTECT, null=True, blank=True, related_name="quotes"
    )
    is_back_checked = models.BooleanField(_("checked back with the speaker"), default=False)
    nonverbal = LineField(_("what was seen"), blank=True)
    clean_words = LongTextField(blank=True)
    clean_rendering = LongTextField(blank=True)
    checked_on = models.DateField(null=True, blank=True)
    words_deleted_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["group", "question__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "client_key"], name="quote_once_per_device"),
            models.CheckConstraint(
                condition=~Q(words="")
                | ~Q(rendering="")
                | ~Q(nonverbal="")
                | Q(words_deleted_on__isnull=False),
                name="quote_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.pk}"


class Priority(models.Model):
    """A wish the group put in order at the end: how many dots it got, from nobody in particular."""

    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="priorities")
    words = LineField(_("what should change"), max_length=300)
    dots = models.PositiveSmallIntegerField(_("dots"), default=0)

    objects = querysets.OfGroupQuerySet.as_manager()

    class Meta:
        ordering = ["-dots", "pk"]

    def __str__(self) -> str:
        return self.words


class Recording(Sound):
    """The sound of a talk, kept until it is written down and deleted by rule after that."""

    group = models.OneToOneField(FocusGroup, on_delete=models.CASCADE, related_name="recording")
    uploaded_on = models.DateField()
    transcript = LongTextField(_("transcript"), blank=True, max_length=200_000)
    written_down_on = models.DateField(null=True, blank=True)
    deleted_on = models.DateField(null=True, blank=True)

    objects = querysets.OfGroupQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.group_id}"
