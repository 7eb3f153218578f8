"""Questions asked of verdicts; who sees one that is not in force yet is kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from experts.enums import Role
from feedback.validation.enums import GOOD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from experts.models import User
    from materials.models import Version


# Asked for a second signature that has neither been given nor refused.
WAITS = Q(final_at__isnull=True, superseded_at__isnull=True, withdrawn_at__isnull=True)


class VerdictQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Every member: what was in force once. Those who may sign: what waits or was refused.

        Of the consortium that is every coordinator, who may be asked to sign second.
        """
        access = user.access
        if not access.is_member:
            return self.none()
        if access.is_manager:
            return self
        own = access.countries(Role.COORDINATOR)
        final = Q(final_at__isnull=False)
        return (
            self.filter(final | Q(country__in=own) | Q(country__isnull=True))
            if own
            else self.filter(final)
        )

    def in_force(self) -> Self:
        """Signed, and neither replaced nor withdrawn; it may have ended by its date."""
        return self.filter(
            final_at__isnull=False, superseded_at__isnull=True, withdrawn_at__isnull=True
        )

    def waiting(self) -> Self:
        """Those that need a second signature."""
        return self.filter(WAITS)

    def current(self) -> Self:
        """In force, or waiting to be: what is said now, what waits before what holds."""
        now = self.filter(superseded_at__isnull=True, withdrawn_at__isnull=True)
        return now.order_by(F("final_at").desc(nulls_first=True), "-pk")

    def of_version(self, version: Version) -> Iterator[Any]:
        """All that was said of a version, what waits before what was signed, the newest first.

        Each knows its version, so that nothing more is asked for it.
        """
        rows: Any = self.filter(version=version).select_related("country")
        for row in rows.order_by(F("final_at").desc(nulls_first=True), "-pk"):
            row.version = version
            yield row

    def good(self, on: Any) -> Self:
        """In force, to be relied on, and not past their last day; the day may be a slot."""
        lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
        return self.in_force().filter(lasting, standing__in=sorted(GOOD))

    def public(self) -> Self:
        """What strangers may learn of: verdicts, good at least once, on what is released.

        What was said of a version that is not released, or was never good, is nobody else's matter.
        """
        return self.filter(
            final_at__isnull=False,
            standing__in=sorted(GOOD),
            version__released_at__isnull=False,
        )

    def with_facts(self) -> Self:
        return self.select_related(
            "version__material",
            "country",
            "policy",
            "round",
            "confirmed_by",
            "second_by",
            "withdrawn_by",
        )


class AgeingSignQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The manager: all. Coordinators: of materials of their countries, and of versions that
        have a verdict in them or one of the consortium.
        """
        access = user.access
        if access.is_manager:
            return self
        own = access.countries(Role.COORDINATOR)
        if not own:
            return self.none()
        verdicts = apps.get_model("feedback", "Verdict")._base_manager
        here = verdicts.filter(Q(country__in=own) | Q(country__isnull=True))
        judged = Exists(here.filter(version=OuterRef("version"), final_at__isnull=False))
        return self.filter(judged | Q(version__material__country__in=own))

    def open(self) -> Self:
        """Neither settled nor looked at by a round."""
        return self.filter(settled_at__isnull=True, round__isnull=True)

    def with_version(self) -> Self:
        return self.select_related("version__material", "round")
