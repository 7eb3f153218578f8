"""Every mail to a person, and the switch that holds them all back."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from experts import querysets
from experts.enums import (
    UNSETTLED,
    Cadence,
    Channel,
    MessageState,
    NotSent,
    PauseReason,
    Suppressed,
    Topic,
)
from experts.models.people import Person


class Message(QuickLabels):
    """A message to a person: the outbox before it is sent, the contact log ever after.

    `object_id` is the key of the object the kind is about. `key` makes a message happen once.
    `payload` holds words that exist nowhere else (a log-in code) and is emptied when sent.
    `not_after` is the moment from which the message helps nobody, as a reminder after the start.
    `digest` is the message that carried this one, where the reader wants them gathered.
    What was sent also stands on the platform: `link` is the page to go to, `read_at` when the
    reader saw it there.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    channel = models.CharField(max_length=4, choices=Channel.choices, default=Channel.MAIL)
    due_at = models.DateTimeField()
    not_after = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=MessageState.choices, default=MessageState.PLANNED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=120)
    # By the order of its bytes one index finds it whole and by how it begins.
    key = models.CharField(max_length=200, db_collation="C")
    language = models.CharField(max_length=3)
    zone = models.CharField(max_length=50)
    payload = models.JSONField(default=dict, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    not_sent = models.CharField(max_length=10, choices=NotSent.choices, default="", blank=True)
    digest = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="gathered",
    )
    link = models.CharField(max_length=300, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
        # Each index is written twice for every mail, when it is planned and when it has left. So
        # none stands here twice, as the ones of `unique` fields do, and few hold every row.
        constraints = [
            models.UniqueConstraint(fields=["message_id"], name="message_id_once"),
            models.UniqueConstraint(fields=["key"], name="message_key_once"),
        ]
        indexes = [
            # In the order in which they leave: thousands may be due in the same minute.
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state=MessageState.PLANNED),
                name="message_turn",
            ),
            models.Index(
                fields=["state"], condition=Q(state__in=UNSETTLED), name="message_unsettled"
            ),
            models.Index(fields=["kind", "object_id"], name="message_about"),
            models.Index(fields=["-due_at", "-id"], name="message_newest"),
            models.Index(
                fields=["sent_at"], condition=Q(sent_at__isnull=False), name="message_sent"
            ),
            models.Index(
                fields=["person", "-sent_at"],
                condition=Q(state=MessageState.SENT, read_at__isnull=True),
                name="message_unread",
            ),
            models.Index(
                fields=["person"],
                condition=Q(state=MessageState.GATHERED),
                name="message_gathered",
            ),
            models.Index(
                fields=["digest"], condition=Q(digest__isnull=False), name="message_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.person_id}"


class SendingPause(QuickLabels):
    """While this one row exists, no mail leaves the platform.

    `by` is empty where the platform paused itself, which it does after a restore.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    since = models.DateTimeField(_("since"))
    reason = models.CharField(_("reason"), max_length=10, choices=PauseReason.choices)
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="sending_pause_one_row")]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d %H:%M} {self.reason}"


class MailHabits(QuickLabels):
    """When a person may be written to unasked; without a row the defaults hold.

    The hours are on the person's own clock: from `quiet_from` to `quiet_until` nothing that can
    wait is sent. The two are equal for somebody who knows no quiet hours.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="mail_habits")
    quiet_from = models.PositiveSmallIntegerField(_("quiet from"), default=21)
    quiet_until = models.PositiveSmallIntegerField(_("quiet until"), default=8)
    weekends = models.BooleanField(_("mails at weekends too"), default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__lte=23, quiet_until__lte=23), name="quiet_hours_of_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.quiet_from}-{self.quiet_until}"


class MessagePreference(QuickLabels):
    """How often a person wants a topic by a channel; without a row: at once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="preferences")
    topic = models.CharField(_("topic"), max_length=12, choices=Topic.choices)
    channel = models.CharField(_("channel"), max_length=4, choices=Channel.choices)
    cadence = models.CharField(_("how often"), max_length=7, choices=Cadence.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "topic", "channel"], name="preference_once_per_channel"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.topic} {self.channel} {self.cadence}"


class SuppressedAddress(QuickLabels):
    """An address no mail is sent to any more, stored in lower case."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    since = models.DateTimeField(_("since"))
    why = models.CharField(_("why"), max_length=10, choices=Suppressed.choices)
    detail = models.CharField(_("what the mail server said"), max_length=300, blank=True)
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = querysets.SuppressedAddressQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]

    def __str__(self) -> str:
        return self.email


class MailText(QuickLabels):
    """The words of one kind of mail in one language, as a project manager wrote them.

    A row is never changed: each edit is the next version, and the highest one is used. An empty
    subject and body mean "back to the words the platform came with".
    """

    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=3, choices=settings.MAIL_LANGUAGES)
    version = models.PositiveIntegerField()
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "version"], name="mail_text_version_once"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="mail_text_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.version}"


class Heartbeat(models.Model):
    """When something of the platform last gave a sign of life, by its name."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
