"""How communities form: their life stage, circles of members, polls of interest, hand-overs."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from cop_platform.common.times import validate_day
from experts.models import CommunityOfPractice, Person
from practices import querysets
from practices.enums import LifeStage
from sessions.models import CopSession

TOPIC_LENGTH = 80


class StageDecision(QuickLabels):
    """The life stage of a community, as a person confirmed it or decided otherwise.

    `figures` are those the suggestion was made from, so that its reasons can be told for good.
    """

    cop = models.ForeignKey(
        CommunityOfPractice, on_delete=models.CASCADE, related_name="stage_decisions"
    )
    stage = models.CharField(_("life stage"), max_length=15, choices=LifeStage.choices)
    suggested = models.CharField(max_length=15, choices=LifeStage.choices)
    figures = models.JSONField(default=dict)
    why = LongTextField(_("why another stage"), blank=True, max_length=1000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=models.F("suggested")) | ~Q(why=""),
                name="stage_override_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cop_id}: {self.stage}"


class Circle(models.Model):
    """A circle that members make around a topic; with four of them it may hold sessions.

    `cop` is the community that hosts its sessions.
    """

    cop = models.ForeignKey(CommunityOfPractice, on_delete=models.CASCADE, related_name="circles")
    name = LineField(_("name"), max_length=TOPIC_LENGTH)
    purpose = LongTextField(_("what it is for"), max_length=2000)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    promoted_at = models.DateTimeField(null=True, blank=True)
    sessions = models.ManyToManyField(CopSession, related_name="circles", blank=True)

    objects = querysets.MembersQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return numbered("circle_detail", self.pk)


class CircleMember(models.Model):
    """Somebody belongs to a circle; who leaves is deleted from it."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="circles")
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["circle", "person"], name="circle_joined_once")
        ]

    def __str__(self) -> str:
        return f"{self.circle_id}: {self.person_id}"


class InterestPoll(QuickLabels):
    """Asks by one link what people need, what they would talk about and what they can offer.

    Raising `generation` makes every link given out before useless.
    """

    cop = models.ForeignKey(
        CommunityOfPractice, on_delete=models.CASCADE, related_name="interest_polls"
    )
    title = LineField(_("title"))
    intro = LongTextField(_("what it is for"), blank=True, max_length=2000)
    options = ArrayField(LineField(max_length=TOPIC_LENGTH), verbose_name=_("topics"))
    closes_on = models.DateField(_("last day"), validators=[validate_day])
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    generation = models.PositiveIntegerField(default=1)

    objects = querysets.InterestPollQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return numbered("interest_detail", self.pk)


class InterestAnswer(models.Model):
    """What somebody without an account said; `called` is what they want to be called.

    `once` is the name of the form it came from, so that sent twice it counts once.
    """

    poll = models.ForeignKey(InterestPoll, on_delete=models.CASCADE, related_name="answers")
    once = models.UUIDField(unique=True)
    called = LineField(_("name or organisation"), max_length=80)
    topics = ArrayField(LineField(max_length=TOPIC_LENGTH), default=list, blank=True)
    needs = ArrayField(LineField(max_length=TOPIC_LENGTH), default=list, blank=True)
    offers = ArrayField(LineField(max_length=TOPIC_LENGTH), default=list, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.pk}"


class HandOver(models.Model):
    """Somebody else coordinates a community from a day on; `done_at` is when roles changed."""

    cop = models.ForeignKey(CommunityOfPractice, on_delete=models.CASCADE, related_name="handovers")
    before = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    note = LongTextField(_("what to know"), blank=True, max_length=2000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cop"], condition=Q(done_at__isnull=True), name="handover_one_agreed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cop_id}: {self.before_id} -> {self.after_id}"
