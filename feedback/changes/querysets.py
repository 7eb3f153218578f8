"""Questions asked of the ledger; country borders are kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from experts.enums import Role
from feedback.changes.enums import Decision, Severity

if TYPE_CHECKING:
    from experts.models import User


class ChangeRequestQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The manager: all. Owners and authors of a material: its own. Coordinators: their
        countries' and those that no country raised.
        """
        access = user.access
        if not access.is_member:
            return self.none()
        if access.is_manager:
            return self
        own = Q(owner=user.person) | Q(material__owner=user.person)
        countries = access.countries(Role.COORDINATOR)
        if countries:
            own |= Q(country__in=countries) | Q(country__isnull=True)
            own |= Q(material__country__in=countries)
        return self.filter(own)

    def undecided(self) -> Self:
        return self.filter(decision=Decision.OPEN, merged_into__isnull=True)

    def critical(self) -> Self:
        return self.filter(severity=Severity.CRITICAL)

    def not_done(self) -> Self:
        """Accepted as asked or in another form, and not shown in a version yet."""
        return self.filter(
            decision__in=[Decision.ACCEPT, Decision.ADAPT],
            done_in__isnull=True,
            merged_into__isnull=True,
        )
