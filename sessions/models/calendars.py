"""Between sessions and other calendars: feeds go out, replies and proposals come in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import CommunityOfPractice, Person
from sessions import querysets
from sessions.enums import FeedScope, InboundResult, ProposalState
from sessions.models.sessions import CopSession


class Feed(QuickLabels):
    """A calendar somebody subscribes to, found by the hash of its token.

    The token itself is derived from the key and `generation` and stored nowhere. `alarm` is
    minutes before the start, 0 for none.
    """

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="feeds")
    scope = models.CharField(_("shows"), max_length=10, choices=FeedScope.choices)
    cop = models.ForeignKey(
        CommunityOfPractice, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    alarm = models.PositiveSmallIntegerField(_("alarm"), default=0)
    generation = models.PositiveIntegerField(default=1)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    rotated_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.FeedQuerySet.as_manager()

    class Meta:
        ordering = ["scope", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "scope", "cop"], name="feed_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(scope=FeedScope.COP, cop__isnull=False)
                | (~Q(scope=FeedScope.COP) & Q(cop__isnull=True)),
                name="feed_cop_fits_scope",
            ),
            models.CheckConstraint(condition=Q(alarm__in=[0, 5, 15, 30]), name="feed_alarm_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()}: {self.owner}"


class InboundMail(QuickLabels):
    """A mail that carried calendar text, what became of it and why; read once by Message-ID."""

    message_id = models.CharField(max_length=300, unique=True)
    received_at = models.DateTimeField()
    sender = models.CharField(max_length=254, blank=True)
    method = models.CharField(max_length=20, blank=True)
    uid = models.CharField(max_length=300, blank=True)
    result = models.CharField(_("result"), max_length=15, choices=InboundResult.choices)
    reason = LineField(_("reason"), max_length=300, blank=True)
    calendar = models.TextField(_("calendar text"), blank=True)
    session = models.ForeignKey(
        CopSession, on_delete=models.CASCADE, null=True, blank=True, related_name="inbound"
    )
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    handled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.InboundMailQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(
                fields=["session"],
                condition=Q(result=InboundResult.NEEDS_REVIEW, handled_at__isnull=True),
                name="inbound_to_review",
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.uid}"


class Proposal(QuickLabels):
    """Another time that an invited person asks for (METHOD:COUNTER), until it is decided."""

    session = models.ForeignKey(CopSession, on_delete=models.CASCADE, related_name="proposals")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    mail = models.OneToOneField(
        InboundMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposal"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    comment = LongTextField(_("comment"), blank=True)
    sequence = models.PositiveIntegerField()
    proposed_at = models.DateTimeField()
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="proposal_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(state=ProposalState.OPEN),
                name="proposal_one_open_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.starts_at:%Y-%m-%d %H:%M}"
