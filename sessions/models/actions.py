"""What somebody promised, and what a look back taught."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from cop_platform.common.times import validate_day
from experts.models import CommunityOfPractice, Person
from sessions import action_querysets
from sessions.enums import ActionState
from sessions.models.goals import Goal
from sessions.models.sessions import CopSession


class ActionItem(QuickLabels):
    """A promise with an owner and a day; of two or more countries it is a joint task.

    `origin_kind` and `origin_id` name what it came from, see domain/actions/origins.py.
    """

    title = LineField(_("what will be done"))
    details = LongTextField(_("details"), blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="actions")
    due_on = models.DateField(_("until"), validators=[validate_day])
    countries = models.ManyToManyField(
        CommunityOfPractice, verbose_name=_("countries"), related_name="actions"
    )
    session = models.ForeignKey(
        CopSession, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    goal = models.ForeignKey(
        Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    origin_kind = models.CharField(max_length=20, blank=True)
    origin_id = models.PositiveBigIntegerField(null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=ActionState.choices, default=ActionState.OPEN
    )
    reason = LineField(_("why it is dropped"), blank=True)
    settled_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    objects = action_querysets.ActionItemQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("action")
        indexes = [
            models.Index(
                fields=["origin_kind", "origin_id"],
                condition=Q(origin_id__isnull=False),
                name="action_origin",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ActionState.OPEN, settled_on__isnull=True)
                | (~Q(state=ActionState.OPEN) & Q(settled_on__isnull=False)),
                name="action_settled_on_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(state=ActionState.DROPPED) & ~Q(reason=""))
                | (~Q(state=ActionState.DROPPED) & Q(reason="")),
                name="action_dropped_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(origin_kind="", origin_id__isnull=True)
                | (~Q(origin_kind="") & Q(origin_id__isnull=False)),
                name="action_origin_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return numbered("action_detail", self.pk)

    @property
    def country_codes(self) -> list[str]:
        """Codes of its countries; uses the prefetched communities."""
        return sorted(cop.country.code for cop in self.countries.all() if cop.country)


class Lesson(QuickLabels):
    """One thing a look back taught; it has an owner while an action carries it.

    `procedure` says what is done in another way since `changed_on`, `procedure_link` where it can
    be read.
    """

    session = models.ForeignKey(CopSession, on_delete=models.CASCADE, related_name="lessons")
    planned = LongTextField(_("what was planned"))
    happened = LongTextField(_("what happened"))
    why = LongTextField(_("why"), blank=True)
    change = LineField(_("what we change"))
    action = models.OneToOneField(
        ActionItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="lesson"
    )
    procedure = LineField(_("the procedure that changed"), blank=True)
    procedure_link = models.URLField(_("where it can be read"), max_length=500, blank=True)
    changed_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    objects = action_querysets.LessonQuerySet.as_manager()

    class Meta:
        ordering = ["-session__starts_at", "pk"]
        verbose_name = _("lesson")
        constraints = [
            models.CheckConstraint(
                condition=Q(changed_on__isnull=True, procedure="")
                | (Q(changed_on__isnull=False) & ~Q(procedure="")),
                name="lesson_changed_in_words",
            )
        ]

    def __str__(self) -> str:
        return self.change

    def get_absolute_url(self) -> str:
        return numbered("lesson_detail", self.pk)

    @property
    def has_owner(self) -> bool:
        """Somebody carries it or carried it to its end; uses the loaded action."""
        return self.action is not None and self.action.state != ActionState.DROPPED
