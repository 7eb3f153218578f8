"""Questions asked of sessions and invitations; country borders are kept here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from experts.enums import Role, Scope
from sessions.enums import Answer

if TYPE_CHECKING:
    from experts.models import User


class CopSessionQuerySet(models.QuerySet):
    def cards_for(self, user: User) -> Self:
        """Title, time and countries: every member sees them of every session."""
        return self if user.access.is_member else self.none()

    def visible_to(self, user: User) -> Self:
        """The full page: members of a host CoP, invited people, the project manager."""
        access = user.access
        if access.is_manager:
            return self
        if not access.is_member:
            return self.none()
        hosts = Q(communityofpractice__country_id__in=access.countries())
        if not access.is_admin:
            hosts |= Q(communityofpractice__scope=Scope.PROJECT)
        session: Any = self.model
        invited = session.invitations.rel.related_model._base_manager.filter(person=user.person)
        return self.filter(self._hosted(hosts) | Q(pk__in=invited.values("session_id")))

    def _hosted(self, hosts: Q) -> Q:
        """Sessions with a host that fits, each once however many hosts fit.

        Asked of the linking table itself: a path through the session would join it once more.
        """
        session: Any = self.model
        links = session.host_cops.through._base_manager.filter(hosts)
        return Q(pk__in=links.values("copsession_id"))

    def run_by(self, user: User) -> Self:
        """Sessions this person may edit: coordinators of a host country, the manager."""
        access = user.access
        if access.is_manager:
            return self
        return self.filter(
            self._hosted(Q(communityofpractice__country_id__in=access.countries(Role.COORDINATOR)))
        )

    def in_country(self, country_id: int) -> Self:
        return self.filter(self._hosted(Q(communityofpractice__country_id=country_id)))

    def not_cancelled(self) -> Self:
        return self.filter(cancelled_at__isnull=True)

    def upcoming(self, at: datetime) -> Self:
        """Not yet over and not cancelled, the next first."""
        return self.not_cancelled().filter(ends_at__gt=at).order_by("starts_at", "pk")

    def ended(self, at: datetime) -> Self:
        return self.not_cancelled().filter(ends_at__lte=at)

    def between(self, start: datetime, end: datetime) -> Self:
        """Sessions that begin in [start, end), in order."""
        return self.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "pk")

    def with_hosts(self) -> Self:
        """Ready for cards: the hosts' countries in one more query."""
        return self.prefetch_related("host_cops__country")


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """One's own, and all of a session one runs."""
        access = user.access
        if access.is_manager:
            return self
        run = Q(session__host_cops__country_id__in=access.countries(Role.COORDINATOR))
        run_ids = self.model._base_manager.filter(run).values("pk")
        return self.filter(Q(person=user.person) | Q(pk__in=run_ids))

    def unanswered(self) -> Self:
        return self.filter(answer=Answer.NONE)
