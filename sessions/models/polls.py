"""A poll: which of several times suits whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from cop_platform.common.times import validate_day, validate_zone
from experts.models import CommunityOfPractice, Country, Person
from sessions import querysets
from sessions.enums import Kind, Suits
from sessions.models.sessions import CopSession


class Poll(QuickLabels):
    """Times to choose from, in one zone; the winner becomes `session`."""

    title = LineField(_("title"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    purpose = LongTextField(_("what for"), blank=True)
    host_cops = models.ManyToManyField(CommunityOfPractice, related_name="polls")
    zone = models.CharField(_("time zone"), max_length=50, validators=[validate_zone])
    minutes = models.PositiveSmallIntegerField(_("duration in minutes"))
    closes_at = models.DateTimeField(_("votes until"))
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    closed_at = models.DateTimeField(null=True, blank=True)
    session = models.OneToOneField(
        CopSession, on_delete=models.SET_NULL, null=True, blank=True, related_name="poll"
    )

    objects = querysets.PollQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=1440), name="poll_length_plausible"
            )
        ]

    def __str__(self) -> str:
        return self.title


class PollSlot(models.Model):
    """One time of a poll, in the poll's zone; taken back, its votes stay."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="slots")
    wall_day = models.DateField(_("day"), validators=[validate_day])
    wall_clock = models.TimeField(_("start"))
    starts_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["poll", "starts_at"], name="slot_once")]

    def __str__(self) -> str:
        return f"{self.wall_day} {self.wall_clock:%H:%M}"


class PollVoter(models.Model):
    """A person asked to vote, by a link of their own."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="voters")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="polls")
    generation = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField()
    voted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["person__name"]
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="voter_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.poll}"


class PollVote(QuickLabels):
    """How one time suits one voter."""

    voter = models.ForeignKey(PollVoter, on_delete=models.CASCADE, related_name="votes")
    slot = models.ForeignKey(PollSlot, on_delete=models.CASCADE, related_name="votes")
    suits = models.CharField(_("suits"), max_length=9, choices=Suits.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voter", "slot"], name="vote_once")]

    def __str__(self) -> str:
        return f"{self.voter_id}: {self.suits}"


class PollQuorum(models.Model):
    """How many of a country must be able to come for a time to count."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="quorums")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveSmallIntegerField(_("people"))

    class Meta:
        ordering = ["country__code"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "country"], name="quorum_once_per_country")
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.people}"
