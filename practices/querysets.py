"""Questions asked of what the community learns: every member sees it, of every country."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from cop_platform.common.prepared import Slot
from experts.enums import Role
from experts.querysets import holding
from practices.enums import CheckStep, Routed
from sessions.models import CopSession

if TYPE_CHECKING:
    from experts.models import Person, User

# An idea is owed an answer within so many days.
ANSWER_DAYS = 30
# Who may be asked for the technical check, in whatever country.
CHECKERS = frozenset({Role.EXPERT, Role.COORDINATOR})


class PracticeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Published ones: every member. The others: their author, and who checks them."""
        access = user.access
        if not access.is_member:
            return self.none()
        if access.is_manager:
            return self
        own = Q(author=user.person) | Q(country_id__in=access.countries(Role.COORDINATOR))
        return self.filter(own | Q(current__isnull=False))

    def published(self) -> Self:
        return self.filter(current__isnull=False, retired_on__isnull=True)


class PracticeVersionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Published ones: every member. One that waits for the technical check: who may do it.

        A draft that was thrown away is there for its author alone.
        """
        access = user.access
        if not access.is_member:
            return self.none()
        if access.is_manager:
            return self.filter(Q(discarded_on__isnull=True) | Q(practice__author__user=user))
        own = Q(practice__country_id__in=access.countries(Role.COORDINATOR))
        if access.roles & CHECKERS:
            own |= Q(step=CheckStep.SCREENED)
        kept = Q(discarded_on__isnull=True) & (own | Q(step=CheckStep.PUBLISHED))
        return self.filter(kept | Q(practice__author__user=user))

    def at_work(self) -> Self:
        return self.exclude(step=CheckStep.PUBLISHED).filter(discarded_on__isnull=True)

    def discarded(self) -> Self:
        return self.filter(discarded_on__isnull=False)


class MembersQuerySet(models.QuerySet):
    """Rows that every member of every country reads."""

    def visible_to(self, user: User) -> Self:
        return self if user.access.is_member else self.none()


class IdeaQuerySet(MembersQuerySet):
    def visible_to(self, user: User) -> Self:
        """Every member reads them; one that was withdrawn, its author alone."""
        if not user.access.is_member:
            return self.none()
        return self.filter(Q(withdrawn_on__isnull=True) | Q(author=user.person))

    def standing(self) -> Self:
        """Those that were neither merged into another one nor withdrawn."""
        return self.filter(merged_into__isnull=True, withdrawn_on__isnull=True)

    def unanswered(self) -> Self:
        """A test may have begun already: its author is owed an answer all the same."""
        return self.standing().filter(answered_on__isnull=True)

    def overdue(self, today: date) -> Self:
        return self.unanswered().filter(answer_due_on__lt=today)


class QuestionQuerySet(MembersQuerySet):
    def visible_to(self, user: User) -> Self:
        """Cases that were gone through for details: every member; before that their asker."""
        return self.read_by(user.person) if user.access.is_member else self.none()

    def read_by(self, member: Person | Slot) -> Self:
        """The same for a person, or a slot for one, who is known to be a member."""
        return self.filter(Q(checked_at__isnull=False) | Q(asked_by=member))

    def open(self) -> Self:
        return self.filter(accepted__isnull=True, closed_at__isnull=True)

    def unanswered(self) -> Self:
        return self.open().filter(first_answer_at__isnull=True)

    def answered(self) -> Self:
        """Open ones with advice that nobody accepted yet."""
        return self.open().filter(first_answer_at__isnull=False)

    def solved(self) -> Self:
        return self.filter(accepted__isnull=False)

    def put_to(self, person: Person) -> Self:
        """Those that wait for this expert's answer, or got it."""
        model: Any = self.model
        asked = model.routes.rel.related_model._base_manager.filter(person=person)
        return self.filter(pk__in=asked.exclude(state=Routed.PASSED).values("question_id"))

    def with_facts(self) -> Self:
        """What a row of a list says, and no more; the number of answers as `n_answers`."""
        model: Any = self.model
        answers = model.answers.rel.related_model._base_manager.filter(question=OuterRef("pk"))
        counted = answers.order_by().values("question").annotate(n=Count("pk")).values("n")
        said = self.select_related("topic").only(
            *("title", "country_id", "topic__name", "checked_at"),
            *("first_answer_at", "accepted_id", "closed_at"),
        )
        return said.annotate(n_answers=Coalesce(Subquery(counted), 0))

    def waiting_first(self) -> Self:
        """Drafts, those without any answer, those still open, then settled ones.

        Among open ones what waits longest comes first, among settled ones the newest.
        """
        is_open = Q(accepted__isnull=True, closed_at__isnull=True)
        rank = Case(
            When(checked_at__isnull=True, then=0),
            When(~is_open, then=3),
            When(first_answer_at__isnull=False, then=2),
            default=1,
        )
        return self.order_by(
            rank,
            Case(When(is_open, then="checked_at")).asc(nulls_last=True),
            "-checked_at",
            "-pk",
        )


class WatchQuerySet(MembersQuerySet):
    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)


class CommentQuerySet(models.QuerySet):
    """Asked through the object they stand on: who sees that, sees its thread."""

    def shown(self) -> Self:
        """Those that a moderator did not take down."""
        return self.filter(hidden_at__isnull=True)

    def standing(self) -> Self:
        """Those whose words are there to read."""
        return self.shown().filter(deleted_at__isnull=True)

    def thread(self, kind: str, object_id: int) -> Self:
        return self.filter(kind=kind, object_id=object_id)

    def named(self) -> Self:
        """Those that tell everybody who wrote them."""
        return self.exclude(keeps_name())

    def with_rule(self) -> Self:
        """Marks those on a session that is under the Chatham House rule now."""
        holds = models.ExpressionWrapper(under_rule(), output_field=models.BooleanField())
        return self.annotate(under_rule=holds)

    def with_people(self) -> Self:
        """Ready to be shown: who wrote, who is answered, who is mentioned."""
        found = self.with_rule().select_related("by__country", "quoted__by__country", "hidden_by")
        return found.prefetch_related("mentioned")


def under_rule() -> Q:
    """For comments: on a session that is under the Chatham House rule now."""
    ruled = CopSession.objects.filter(chatham_house=True).order_by()
    return Q(kind="session", object_id__in=ruled.values("pk"))


def keeps_name() -> Q:
    """For comments: written under the Chatham House rule, or standing under it now."""
    return Q(unnamed=True) | under_rule()


class BuddyshipQuerySet(models.QuerySet):
    def current(self) -> Self:
        return self.filter(ended_on__isnull=True)


class CoffeePairQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Who was drawn with whom: those who were."""
        return self.filter(seats__person__user=user)


class ExchangeQuerySet(MembersQuerySet):
    def open(self, today: date) -> Self:
        """Neither closed nor past their day, of people who are members today."""
        standing = self.filter(closed_at__isnull=True, until__gte=today)
        return standing.filter(holding("person__memberships")).distinct()


class NoteQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Words between two people: those two."""
        return self.filter(Q(receiver__user=user) | Q(sender__user=user))

    def received_by(self, user: User) -> Self:
        return self.filter(receiver__user=user)


class HelpQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Everybody's own lines alone; others see sums where the person opened them."""
        return self.filter(person__user=user)


class InterestPollQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Polls of the communities a person coordinates: answers carry names of guests."""
        if user.access.is_manager:
            return self
        return self.filter(cop__country_id__in=user.access.countries(Role.COORDINATOR))
