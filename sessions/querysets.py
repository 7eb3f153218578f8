"""Questions asked of sessions and invitations; country borders are kept here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from experts.enums import Role, Scope
from sessions.enums import Answer, InboundResult, ProposalState, Seat

if TYPE_CHECKING:
    from experts.access import Access
    from experts.models import User
    from sessions.models import Invitation


# No session lasts longer, a workshop of many days included.
LONGEST = timedelta(days=32)
_ON_A_CARD = (
    "title", "kind", "starts_at", "ends_at", "minutes", "zone", "cancelled_at", "wall_day",
    "wall_clock", "last_day", "version",
)  # fmt: skip


@dataclass(frozen=True)
class Sight:
    """What a member's roles open, beside the own countries: all sessions, the project's."""

    everything: bool
    project: bool

    @classmethod
    def of(cls, access: Access) -> Sight:
        return cls(access.is_manager, not access.is_admin)


class CopSessionQuerySet(models.QuerySet):
    def cards_for(self, user: User) -> Self:
        """Title, time and countries: every member sees them of every session."""
        return self if user.access.is_member else self.none()

    def visible_to(self, user: User) -> Self:
        """The full page: members of a host CoP, invited people, the project manager."""
        access = user.access
        if not access.is_member:
            return self.none()
        return self.seen_with(access.countries(), user.person, Sight.of(access))

    def seen_with(self, countries: Any, person: Any, sight: Sight) -> Self:
        """The rule of `visible_to` for a member; `countries` and `person` may be slots."""
        if sight.everything:
            return self
        hosts = Q(communityofpractice__country_id__in=countries)
        if sight.project:
            hosts |= Q(communityofpractice__scope=Scope.PROJECT)
        session: Any = self.model
        invited = session.invitations.rel.related_model._base_manager.filter(person=person)
        return self.filter(self._hosted(hosts) | Q(pk__in=invited.values("session_id")))

    def _hosted(self, hosts: Q) -> Q:
        """Sessions with a host that fits, each once however many hosts fit.

        Asked of the linking table itself: a path through the session would join it once more.
        """
        session: Any = self.model
        links = session.host_cops.through._base_manager.filter(hosts)
        return Q(pk__in=links.values("copsession_id"))

    def tells_guests_to(self, user: User) -> Self:
        """Sessions of which this person may be told that somebody is there.

        Under the Chatham House rule only those who run it are.
        """
        run_ids = type(self)(self.model).run_by(user).values("pk")
        return self.visible_to(user).filter(Q(chatham_house=False) | Q(pk__in=run_ids))

    def run_by(self, user: User) -> Self:
        """Sessions this person may edit: coordinators of a host country, the manager."""
        access = user.access
        return self if access.is_manager else self.run_in(access.countries(Role.COORDINATOR))

    def run_in(self, countries: Any) -> Self:
        """The rule of `run_by` for a coordinator; `countries` may be a slot."""
        return self.filter(self._hosted(Q(communityofpractice__country_id__in=countries)))

    def in_country(self, country_id: int) -> Self:
        return self.filter(self._hosted(Q(communityofpractice__country_id=country_id)))

    def in_countries(self, country_ids: Any) -> Self:
        """Sessions with a host in one of these countries, each once."""
        return self.filter(self._hosted(Q(communityofpractice__country_id__in=country_ids)))

    def not_cancelled(self) -> Self:
        return self.filter(cancelled_at__isnull=True)

    def upcoming(self, at: datetime) -> Self:
        """Not yet over and not cancelled, the next first."""
        return self.not_cancelled().not_over(at).order_by("starts_at", "pk")

    def not_over(self, at: datetime) -> Self:
        """Going on or still to come; the bound on the start lets its index serve the order."""
        return self.filter(ends_at__gt=at, starts_at__gt=at - LONGEST)

    def ended(self, at: datetime) -> Self:
        return self.not_cancelled().filter(ends_at__lte=at)

    def for_cards(self) -> Self:
        """Only what a card shows: a session has forty columns, a card needs ten of them."""
        return self.only(*_ON_A_CARD)

    def shown_between(self, span: tuple[datetime, datetime], days: tuple[date, date]) -> Self:
        """Sessions with a minute in the half-open span, workshops with one of the days (both in).

        No session lasts longer than a day, so the index on its start serves the first half.
        """
        start, end = span
        return self.shown_within(start - timedelta(days=1), start, end, *days)

    def shown_within(self, since: Any, start: Any, end: Any, first: Any, last: Any) -> Self:
        """The same by values or slots; `since` is a day before the start."""
        hours = Q(starts_at__gte=since, starts_at__lt=end, ends_at__gt=start)
        workshops = Q(last_day__gte=first, wall_day__lte=last)
        return self.filter(hours | workshops).order_by("starts_at", "pk")

    def with_open_matters(self, at: Any) -> Self:
        """Marks what else a session's page must ask for; most sessions have none of it.

        `at` is an instant or a slot.
        """
        session: Any = self.model
        mine: Any = {"session": OuterRef("pk")}
        proposals = session.proposals.rel.related_model.objects.open().filter(**mine)
        mails = session.inbound.rel.related_model.objects.to_review().filter(**mine)
        windows = session.undo_windows.rel.related_model.objects.open(at).filter(**mine)
        seats = session.country_seats.rel.related_model.objects.filter(**mine)
        count = mails.order_by().values("session").annotate(n=Count("pk")).values("n")
        return self.annotate(
            has_proposals=Exists(proposals),
            mails_to_review=Coalesce(Subquery(count), 0),
            may_be_undone=Exists(windows),
            has_country_seats=Exists(seats),
        )

    def with_hosts(self) -> Self:
        """The hosts with their countries in one more query."""
        hosts: Any = self.model
        cops = hosts.host_cops.rel.model._base_manager.select_related("country")
        return self.prefetch_related(models.Prefetch("host_cops", queryset=cops))


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """One's own, and all of a session one runs."""
        access = user.access
        if access.is_manager:
            return self
        run = Q(session__host_cops__country_id__in=access.countries(Role.COORDINATOR))
        run_ids = self.model._base_manager.filter(run).values("pk")
        return self.filter(Q(person=user.person) | Q(pk__in=run_ids))

    def not_declined(self) -> Self:
        """Everybody asked who has not said no: the others hear no news and hold no hour."""
        return self.exclude(answer=Answer.NO)

    def unanswered(self) -> Self:
        return self.filter(answer=Answer.NONE)

    def current_for(self, sequence: int) -> Self:
        """Without answers that were given to an older state of the session."""
        return self.exclude(answered_sequence__lt=sequence)

    def holding_seats(self, at: datetime) -> Self:
        """Who is seated, or thinks about an offer that still runs."""
        return self.filter(Q(seat=Seat.SEATED) | Q(seat=Seat.OFFERED, offer_until__gt=at))

    def wanting_seats(self, sequence: int) -> Self:
        """Who waits, and whose yes came before seats were counted."""
        uncounted = Q(answer=Answer.YES, seat=Seat.NONE) & ~Q(answered_sequence__lt=sequence)
        return self.filter(Q(seat=Seat.WAITING) | uncounted)

    def ahead_of(self, invitation: Invitation) -> int:
        """How many wait before this one."""
        since = invitation.waiting_since
        earlier = Q(waiting_since__lt=since) | Q(waiting_since=since, pk__lt=invitation.pk)
        return self.filter(seat=Seat.WAITING).filter(earlier).count()


class SeriesQuerySet(models.QuerySet):
    def run_by(self, user: User) -> Self:
        """Series of which this person runs a session."""
        if user.access.is_manager:
            return self
        sessions: Any = self.model.sessions.rel.related_model  # type: ignore[attr-defined]
        run = sessions.objects.run_by(user).filter(series__isnull=False)
        return self.filter(pk__in=run.values("series_id"))

    def visible_to(self, user: User) -> Self:
        """Series of which this person may open a session."""
        if user.access.is_manager:
            return self
        sessions: Any = self.model.sessions.rel.related_model  # type: ignore[attr-defined]
        seen = sessions.objects.visible_to(user).filter(series__isnull=False)
        return self.filter(pk__in=seen.values("series_id"))


class SeriesInvitationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """One's own, and the manager's view of all."""
        return self if user.access.is_manager else self.filter(person=user.person)


class LibraryQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Every member may look; who edits is a rule of its own."""
        return self if user.access.is_member else self.none()


class RoomQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self if user.access.is_member else self.none()

    def run_by(self, user: User) -> Self:
        """Rooms of the countries this person coordinates."""
        if user.access.is_manager:
            return self
        return self.filter(country_id__in=user.access.countries(Role.COORDINATOR))


class PollQuerySet(models.QuerySet):
    def run_by(self, user: User) -> Self:
        """Polls of a community this person coordinates."""
        if user.access.is_manager:
            return self
        own = Q(host_cops__country_id__in=user.access.countries(Role.COORDINATOR))
        return self.filter(pk__in=self.model._base_manager.filter(own).values("pk"))

    def visible_to(self, user: User) -> Self:
        """Polls one runs, and polls one is asked in."""
        if user.access.is_manager:
            return self
        run = self.run_by(user).values("pk")
        return self.filter(Q(pk__in=run) | Q(voters__person=user.person)).distinct()


class FeedQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """A feed's address is as good as its owner's eyes: it is shown to nobody else."""
        return self.filter(owner=user.person)


class _OfSessionsRun(models.QuerySet):
    # Paths to the sessions a row belongs to.
    sessions: tuple[str, ...] = ("session",)

    def visible_to(self, user: User) -> Self:
        """What belongs to sessions this person runs."""
        if user.access.is_manager:
            return self
        return self.run_in(user.access.countries(Role.COORDINATOR))

    def run_in(self, countries: Any) -> Self:
        """What belongs to sessions of these countries; `countries` may be a slot."""
        run = Q()
        for path in self.sessions:
            run |= Q(**{f"{path}__host_cops__country_id__in": countries})
        return self.filter(pk__in=self.model._base_manager.filter(run).values("pk"))


class InboundMailQuerySet(_OfSessionsRun):
    def to_review(self) -> Self:
        return self.filter(result=InboundResult.NEEDS_REVIEW, handled_at__isnull=True)


class ProposalQuerySet(_OfSessionsRun):
    def open(self) -> Self:
        return self.filter(state=ProposalState.OPEN)


class UndoWindowQuerySet(_OfSessionsRun):
    sessions = ("session", "series__sessions")

    def open(self, at: datetime) -> Self:
        return self.filter(undone_at__isnull=True, until__gt=at)


class BusyPeriodQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self if user.access.is_member else self.none()

    def entered_by(self, user: User) -> Self:
        """Periods of the countries this person speaks for: its coordinators and partners."""
        if user.access.is_manager:
            return self
        return self.filter(country_id__in=user.access.countries(Role.COORDINATOR, Role.PARTNER))

    def touching(self, first: Any, last: Any) -> Self:
        """Periods with one of the days, both included; days or slots."""
        return self.filter(first_day__lte=last, last_day__gte=first)


class GoalQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Every member reads what every community wants to reach."""
        return self if user.access.is_member else self.none()

    def of_hosts(self, cops: models.QuerySet) -> Self:
        """Those of these communities, and of the project."""
        return self.filter(Q(cop__in=cops) | Q(cop__country__isnull=True))
