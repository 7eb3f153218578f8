"""Questions asked of what the community learns: every member sees it, of every country."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from experts.enums import Role
from practices.enums import CheckStep

if TYPE_CHECKING:
    from experts.models import User

# An idea is owed an answer within so many days.
ANSWER_DAYS = 30


class PracticeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Published ones: every member. The others: their author, and who checks them."""
        access = user.access
        if not access.is_member:
            return self.none()
        if access.is_manager:
            return self
        own = Q(author__user=user) | Q(country_id__in=access.countries(Role.COORDINATOR))
        return self.filter(own | Q(current__isnull=False))

    def published(self) -> Self:
        return self.filter(current__isnull=False, retired_on__isnull=True)


class PracticeVersionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        access = user.access
        if not access.is_member:
            return self.none()
        if access.is_manager:
            return self
        own = Q(practice__author__user=user)
        own |= Q(practice__country_id__in=access.countries(Role.COORDINATOR))
        return self.filter(own | Q(step=CheckStep.PUBLISHED))


class MembersQuerySet(models.QuerySet):
    """Rows that every member of every country reads."""

    def visible_to(self, user: User) -> Self:
        return self if user.access.is_member else self.none()


class IdeaQuerySet(MembersQuerySet):
    def standing(self) -> Self:
        """Those that were not merged into another one."""
        return self.filter(merged_into__isnull=True)

    def unanswered(self) -> Self:
        """A test may have begun already: its author is owed an answer all the same."""
        return self.standing().filter(answered_on__isnull=True)

    def overdue(self, today: date) -> Self:
        return self.unanswered().filter(answer_due_on__lt=today)


class QuestionQuerySet(MembersQuerySet):
    def visible_to(self, user: User) -> Self:
        """Cases that were gone through for details: every member; before that their asker."""
        found = super().visible_to(user)
        return found.filter(Q(checked_at__isnull=False) | Q(asked_by__user=user))

    def open(self) -> Self:
        return self.filter(accepted__isnull=True, closed_at__isnull=True)


class CommentQuerySet(models.QuerySet):
    """Asked through the object they stand on: who sees that, sees its thread."""

    def shown(self) -> Self:
        """Those that a moderator did not take down."""
        return self.filter(hidden_at__isnull=True)
