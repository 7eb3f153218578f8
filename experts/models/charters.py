"""What communities agree on: charters in versions, the votes on them, who accepted them, topics."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts import querysets
from experts.enums import AT_WORK, IN_FORCE_ONCE, Ballot, CharterState, TopicState
from experts.models.communities import CommunityOfPractice
from experts.models.people import Person


class Charter(QuickLabels):
    """What a community agreed on; a new version leaves the old one readable.

    One version at most is in force and one at work. `quorum` is the number of votes the vote
    needs, written down when it opens, with `electors`, how many people may vote. `vote_until` is
    the last day of the vote on the community's clock. `outcome` holds the figures of the last vote
    that did not carry: yes, no, quorum.
    """

    cop = models.ForeignKey(CommunityOfPractice, on_delete=models.CASCADE, related_name="charters")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=CharterState.choices, default=CharterState.ADOPTED
    )
    domain = LineField(_("domain"))
    vision = LongTextField(_("vision"), blank=True)
    purpose = LongTextField(_("purpose"))
    scope_in = LongTextField(_("what belongs to it"), blank=True)
    scope_out = LongTextField(_("what does not belong to it"), blank=True)
    roles = LongTextField(_("roles"), blank=True)
    rules = LongTextField(_("rules"), blank=True)
    sponsor = LineField(_("sponsor"), blank=True)
    review_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    what_changed = LineField(_("what changed"), blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    vote_opened_at = models.DateTimeField(null=True, blank=True)
    vote_until = models.DateField(_("last day of the vote"), null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(default=0)
    electors = models.PositiveSmallIntegerField(default=0)
    outcome = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.CharterQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["cop", "version"], name="charter_version_once"),
            models.UniqueConstraint(
                fields=["cop"],
                condition=Q(state=CharterState.ADOPTED),
                name="charter_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["cop"], condition=Q(state__in=AT_WORK), name="charter_one_at_work"
            ),
            models.CheckConstraint(
                condition=Q(state__in=IN_FORCE_ONCE, adopted_on__isnull=False)
                | Q(state__in=AT_WORK, adopted_on__isnull=True),
                name="charter_adopted_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=CharterState.VOTING)
                | Q(vote_opened_at__isnull=False, vote_until__isnull=False),
                name="charter_vote_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} (v{self.version})"

    def get_absolute_url(self) -> str:
        return numbered("charter_detail", self.pk)


class Topic(models.Model):
    """A subject of a community's charter; each version has its own."""

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="topics")
    name = LineField(_("name"))

    objects = querysets.TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "name"], name="topic_once_per_charter")
        ]

    def __str__(self) -> str:
        return self.name


class CharterVote(QuickLabels):
    """What a member says to a draft; the last word before the end of the vote counts."""

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="charter_votes")
    ballot = models.CharField(_("your vote"), max_length=3, choices=Ballot.choices)
    remark = LongTextField(_("remark"), blank=True, max_length=1000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "person"], name="charter_vote_once")
        ]

    def __str__(self) -> str:
        return f"{self.charter_id}: {self.ballot}"


class CharterAcceptance(models.Model):
    """Somebody read a version of the charter and works by it."""

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="acceptances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charter", "person"], name="charter_accepted_once")
        ]

    def __str__(self) -> str:
        return f"{self.charter_id}: {self.person_id}"


class TopicProposal(QuickLabels):
    """A member wants a topic in the charter; who coordinates takes it into a draft or says why not.

    `charter` is the draft that took it in.
    """

    cop = models.ForeignKey(
        CommunityOfPractice, on_delete=models.CASCADE, related_name="topic_proposals"
    )
    name = LineField(_("topic"), max_length=80)
    reason = LongTextField(_("why the community should work on it"), max_length=1000)
    proposed_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=TopicState.choices, default=TopicState.OPEN)
    answer = LongTextField(_("answer"), blank=True, max_length=1000)
    answered_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    charter = models.ForeignKey(
        Charter, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals_taken"
    )

    objects = querysets.TopicProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]

    def __str__(self) -> str:
        return self.name
