"""What a community wants to reach, counted by what really happens."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.text import LineField
from cop_platform.common.times import validate_day
from experts.models import CommunityOfPractice, Person
from sessions import querysets


class Goal(models.Model):
    """A number of things to be done between two days, both included.

    `counter` names what is counted, see domain/goals.py; the figure is never typed.
    """

    cop = models.ForeignKey(CommunityOfPractice, on_delete=models.CASCADE, related_name="goals")
    title = LineField(_("goal"))
    counter = models.CharField(_("counted by"), max_length=30)
    target = models.PositiveSmallIntegerField(_("how many"))
    starts_on = models.DateField(_("from"), validators=[validate_day])
    ends_on = models.DateField(_("to"), validators=[validate_day])
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = querysets.GoalQuerySet.as_manager()

    class Meta:
        ordering = ["ends_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(target__gte=1), name="goal_wants_something"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="goal_ends_after_its_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return numbered("goal_detail", self.pk)
