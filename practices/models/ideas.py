"""Ideas: handed in from anywhere, voted on, merged and combined, answered, tried."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import Country, Person, Topic
from practices import querysets
from practices.enums import IdeaState, Outcome
from practices.models.practices import Practice


class Idea(QuickLabels):
    """A suggestion; `parents` are the ideas it combines, `merged_into` the one that says the same.

    `merged_with` is the one it was merged with by hand, which may have been merged on since. An
    answer is owed by `answer_due_on`. One that was `withdrawn_on` a day is its author's alone.
    `origin` is the address of the page it was handed in from,
    `became_action` what an adopted idea became where it is no practice.
    """

    title = LineField(_("idea"))
    text = LongTextField(_("what would be better, and for whom"), blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ideas")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="ideas"
    )
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ideas",
    )
    origin = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=IdeaState.choices, default=IdeaState.NEW
    )
    parents = models.ManyToManyField("self", symmetrical=False, related_name="children", blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    merged_with = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_on = models.DateField()
    answer_due_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = LongTextField(_("answer"), blank=True)
    settled_on = models.DateField(null=True, blank=True)
    became_practice = models.ForeignKey(
        Practice, on_delete=models.SET_NULL, null=True, blank=True, related_name="from_ideas"
    )
    became_action = LineField(_("action"), blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.IdeaQuerySet.as_manager()

    class Meta:
        ordering = ["-added_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")), name="idea_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="")
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="idea_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return numbered("idea_detail", self.pk)


class IdeaNote(models.Model):
    """What the author adds once others have voted or answered, and the words stand."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="notes")
    text = LongTextField(_("what is added"))
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.pk}"


class IdeaVote(models.Model):
    """Somebody wants this idea; one vote each."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "person"], name="idea_vote_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.idea_id}"


class Experiment(QuickLabels):
    """A small test of an idea: what we expect, what we do, what came out."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="experiments")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="experiments")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="experiments"
    )
    hypothesis = LongTextField(_("we believe that"))
    test = LongTextField(_("to find out, we"))
    sign = LongTextField(_("we are right if"), blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    result = LongTextField(_("what happened"), blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=8, choices=Outcome.choices, default=Outcome.OPEN, blank=True
    )
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.MembersQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="experiment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | ~Q(result=""), name="experiment_outcome_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea}: {self.starts_on}"


class IdeaStep(models.Model):
    """An idea came into a state, and why; the first is the day it was handed in."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=IdeaState.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = LongTextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.state}"
