"""Ask the CoP: a case without details, put to fitting experts elsewhere, answered, followed up."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.enums import TargetGroup
from experts.models import Country, Person, Topic
from practices import querysets
from practices.enums import Routed, Worked
from sessions.models import CopSession


class Question(QuickLabels):
    """A case somebody is stuck with, and the question.

    Nobody but the asker reads it before `checked_at`: then somebody (the asker) has gone through
    the details that were marked. The clock to the first answer starts there.
    """

    title = LineField(_("question"))
    situation = LongTextField(_("the situation, without names"))
    tried = LongTextField(_("what you tried"), blank=True)
    wanted = LongTextField(_("what would help"), blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="questions")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
    )
    languages = ArrayField(
        models.CharField(max_length=3, choices=settings.PROJECT_LANGUAGES),
        verbose_name=_("languages of an answer"),
        default=list,
        blank=True,
    )
    groups = ArrayField(
        models.CharField(max_length=20, choices=TargetGroup.choices),
        verbose_name=_("who it is about"),
        default=list,
        blank=True,
    )
    added_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    first_answer_at = models.DateTimeField(null=True, blank=True)
    accepted = models.OneToOneField(
        "Answer", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = LongTextField(_("why it was closed"), blank=True)
    worked = models.CharField(
        _("did it work?"), max_length=7, choices=Worked.choices, default=Worked.UNKNOWN, blank=True
    )
    worked_note = LongTextField(_("what happened"), blank=True)
    worked_on = models.DateField(null=True, blank=True)
    peer_assist = models.ForeignKey(
        CopSession, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(worked="") | Q(accepted_at__isnull=False),
                name="question_worked_after_an_answer",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return numbered("question_detail", self.pk)


class QuestionRoute(QuickLabels):
    """An expert a question was put to, with the reasons that made them fit."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="routes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="question_routes")
    state = models.CharField(max_length=10, choices=Routed.choices, default=Routed.ASKED)
    reasons = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.MembersQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "person"], name="question_put_once")
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.person_id}"


class Answer(models.Model):
    """What somebody advises."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="answers")
    text = LongTextField(_("answer"))
    language = models.CharField(max_length=3, choices=settings.PROJECT_LANGUAGES, default="en")
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.MembersQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.by_id}"
