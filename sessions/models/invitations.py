"""Who was asked to a session or a series, and what they answered."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField
from experts.models import Person
from sessions import querysets
from sessions.enums import Answer, AnsweredBy, AskedThrough, Seat
from sessions.models.series import Series
from sessions.models.sessions import CopSession


class Invitation(QuickLabels):
    """A person asked to a session, and the one record of the answer, whichever way it came.

    `answered_sequence` is the session's sequence the answer was given to: an answer to an older
    one stays on record and counts no longer. `replied_stamp` is the DTSTAMP of the newest calendar
    reply. An external guest has a sponsor, and is told of nothing before `consented_at`.
    """

    session = models.ForeignKey(CopSession, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="session_invitations")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    answer = models.CharField(
        _("answer"), max_length=5, choices=Answer.choices, default=Answer.NONE, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(
        max_length=5, choices=AnsweredBy.choices, default=AnsweredBy.NONE, blank=True
    )
    note = LineField(_("a word to the coordinator"), max_length=500, blank=True)
    generation = models.PositiveIntegerField(default=1)
    asked_through = models.CharField(
        _("asked as"), max_length=10, choices=AskedThrough.choices, default=AskedThrough.PERSON
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_sequence = models.PositiveIntegerField(null=True, blank=True)
    replied_stamp = models.DateTimeField(null=True, blank=True)
    seat = models.CharField(
        _("seat"), max_length=8, choices=Seat.choices, default=Seat.NONE, blank=True
    )
    waiting_since = models.DateTimeField(null=True, blank=True)
    offer_until = models.DateTimeField(null=True, blank=True)
    suggested = LineField(_("colleague suggested instead"), blank=True)
    sponsor = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    consented_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.InvitationQuerySet.as_manager()

    # Set while seats are handed out: whether the person must be told by mail. Not stored.
    seat_news = False

    class Meta:
        ordering = ["person__name"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="invited_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answer_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(seat=Seat.OFFERED) | Q(offer_until__isnull=False),
                name="offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(seat=Seat.WAITING) | Q(waiting_since__isnull=False),
                name="waiting_has_a_place",
            ),
        ]
        indexes = [
            models.Index(
                fields=["session", "waiting_since"],
                condition=Q(seat=Seat.WAITING),
                name="invitation_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"

    def offer_runs(self, at: datetime) -> bool:
        """A seat is kept free for this person, for now."""
        return bool(self.seat == Seat.OFFERED and self.offer_until and self.offer_until > at)


class SeriesInvitation(models.Model):
    """A person asked to a whole series: one mail and one link for all its sessions.

    The answers stand in the Invitation of each session.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="series_invitations")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    generation = models.PositiveIntegerField(default=1)

    objects = querysets.SeriesInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["person__name"]
        constraints = [
            models.UniqueConstraint(fields=["series", "person"], name="invited_once_to_series")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.series}"
