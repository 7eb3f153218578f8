"""Every mail to a person, and the switch that holds them all back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from experts import querysets
from experts.enums import UNSETTLED, MessageState, PauseReason
from experts.models.people import Person


class Message(QuickLabels):
    """A mail to a person: the outbox before it is sent, the contact log ever after.

    `object_id` is the key of the object the kind is about. `key` makes a message happen once.
    `payload` holds words that exist nowhere else (a log-in code) and is emptied when sent.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=MessageState.choices, default=MessageState.PLANNED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    key = models.CharField(max_length=200, unique=True)
    language = models.CharField(max_length=3)
    zone = models.CharField(max_length=50)
    payload = models.JSONField(default=dict, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = querysets.MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state=MessageState.PLANNED), name="message_due"
            ),
            models.Index(
                fields=["state"], condition=Q(state__in=UNSETTLED), name="message_unsettled"
            ),
            models.Index(fields=["kind", "object_id"], name="message_about"),
            models.Index(fields=["-due_at", "-id"], name="message_newest"),
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
