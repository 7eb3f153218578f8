"""Questions asked of people, communities and messages; country borders are kept here."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Func, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower

from cop_platform.common import confidential
from cop_platform.common.models import LongJobQuerySet
from experts.enums import (
    AT_WORK,
    IN_FORCE_ONCE,
    UNSETTLED,
    CharterState,
    MessageState,
    Role,
    TopicState,
)

if TYPE_CHECKING:
    from experts.models import User


# The day it is in UTC when the statement runs. The database says it: SQL that is written once for a
# process (`Prepared`) would keep a day of ours for ever.
TODAY = Func(
    template="(STATEMENT_TIMESTAMP() AT TIME ZONE 'UTC')::date", output_field=models.DateField()
)


def holding(relation: str = "", on: date | Combinable = TODAY) -> Q:
    """Memberships that hold on a day: without an end, or their first day without rights is later.

    `relation` leads to them from the rows that are asked. What else is asked of the same membership
    belongs into the same call of `filter`.
    """
    path = f"{relation}__" if relation else ""
    held = Q((f"{path}left_on__isnull", True)) | Q((f"{path}left_on__gt", on))
    # Who has no membership at all has none that ended.
    return Q((f"{relation}__isnull", False)) & held if relation else held


class CountryQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Every member sees every country of the project."""
        return self if user.access.is_member else self.none()

    def with_code(self, code: str) -> Self:
        """By either spelling: the agencies' (EL) or ISO 3166 (GR), in any case."""
        code = code.upper()
        return self.filter(Q(code=code) | Q(iso_code=code))


class CommunityQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self if user.access.is_member else self.none()

    def run_by(self, user: User) -> Self:
        """Communities whose sessions this person may plan."""
        if user.access.is_manager:
            return self
        return self.filter(country_id__in=user.access.countries(Role.COORDINATOR))


class CharterQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """What is or was in force: every member. What is at work: its community, the manager."""
        access = user.access
        if not access.is_member:
            return self.none()
        if access.is_manager:
            return self
        own = Q(cop__country_id__in=access.countries())
        if access.takes_part:
            own |= Q(cop__country__isnull=True)
        return self.filter(Q(state__in=IN_FORCE_ONCE) | own)

    def current(self) -> Self:
        """The one each community works by, if it has one."""
        return self.filter(state=CharterState.ADOPTED)

    def adopted(self) -> Self:
        """Those in force and those that were; never a draft."""
        return self.filter(state__in=IN_FORCE_ONCE)

    def at_work(self) -> Self:
        """Drafts and those being voted on."""
        return self.filter(state__in=AT_WORK)

    def voting(self) -> Self:
        return self.filter(state=CharterState.VOTING)


class TopicQuerySet(models.QuerySet):
    def current(self) -> Self:
        """Topics of the charters in force: what new work is filed under."""
        return self.filter(charter__state=CharterState.ADOPTED)

    def adopted(self) -> Self:
        """Topics that are or were in force: what older work is filed under."""
        return self.filter(charter__state__in=IN_FORCE_ONCE)


class TopicProposalQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self if user.access.is_member else self.none()

    def open(self) -> Self:
        return self.filter(state=TopicState.OPEN)


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Directory cards: everybody in the directory, oneself, and one's own country."""
        access = user.access
        if access.is_manager or access.is_admin:
            return self
        if not access.is_member:
            return self.none()
        own = access.countries(Role.COORDINATOR)
        return self.filter(Q(in_directory=True) | Q(user=user) | Q(country_id__in=own))

    def contactable_by(self, user: User) -> Self:
        """People whose address, messages and attendance this person may see."""
        access = user.access
        if access.is_manager or access.is_admin:
            return self
        return self.filter(country_id__in=access.countries(Role.COORDINATOR))

    def active(self) -> Self:
        """People who belong to some community today."""
        current = self.model._base_manager.filter(holding("memberships"))
        return self.filter(pk__in=current.values("pk"))

    def left(self) -> Self:
        """People who belonged to a community and belong to none today."""
        people = self.model._base_manager
        ever = people.filter(memberships__isnull=False)
        now = people.filter(holding("memberships"))
        return self.filter(pk__in=ever.values("pk")).exclude(pk__in=now.values("pk"))


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the people whose card this person may open."""
        membership: Any = self.model
        people = membership.person.field.related_model.objects.visible_to(user)
        return self.filter(person__in=people.order_by().values("pk"))

    def current(self) -> Self:
        """Those that hold today, also when their last day is known."""
        return self.filter(holding())


class AccountInvitationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        access = user.access
        if access.is_manager or access.is_admin:
            return self
        return self.filter(cop__country_id__in=access.countries(Role.COORDINATOR))

    def open(self) -> Self:
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)


class ImportRunQuerySet(LongJobQuerySet):
    emptied: ClassVar[dict[str, Any]] = {"listing": ""}

    def visible_to(self, user: User) -> Self:
        """Whoever asked for the import, and the project manager; the list is nobody else's."""
        if user.access.is_manager:
            return self
        return self.filter(requested_by__user=user)

    def lately(self, at: datetime) -> Self:
        """Asked for within three days: what somebody who left the page comes back to see."""
        return self.filter(requested_at__gte=at - timedelta(days=3)).defer("listing")


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The contact log: own country's coordinators, the manager, the admin (no content)."""
        access = user.access
        if access.is_manager or access.is_admin:
            return self.open_to_others()
        countries = access.countries(Role.COORDINATOR)
        return self.open_to_others().filter(person__country_id__in=countries)

    def open_to_others(self) -> Self:
        """Without those of which nobody but the reader learns whether they were sent."""
        return self.exclude(kind__in=confidential.kinds())

    def planned(self) -> Self:
        return self.filter(state=MessageState.PLANNED)

    def gathered(self) -> Self:
        """Kept for a digest that has not left yet."""
        return self.filter(state=MessageState.GATHERED)

    def notices_of(self, person_id: int) -> Self:
        """What reached a person, by mail or on the platform, the newest first."""
        reached = self.filter(person=person_id, state=MessageState.SENT)
        return reached.order_by("-sent_at", "-pk")

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def unsettled(self) -> Self:
        """Planned, refused or unwritable: few rows beside all that was ever sent."""
        return self.filter(state__in=UNSETTLED)

    def due(self, at: datetime) -> Self:
        return self.planned().filter(due_at__lte=at)


class SuppressedAddressQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Who runs the platform sees all; coordinators those of their own country's people."""
        access = user.access
        if access.is_manager or access.is_admin:
            return self
        message: Any = self.model._meta.get_field("message").related_model
        people = message._meta.get_field("person").related_model._base_manager.filter(
            country_id__in=access.countries(Role.COORDINATOR)
        )
        return self.filter(email__in=people.values(lowered=Lower("email")))
