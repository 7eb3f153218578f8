"""Questions asked of rounds and assignments; country borders are kept here.

Whose an assignment is, is not known here: `domain/identity.py` alone reads that table.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from experts.enums import Role
from feedback.reviews.enums import TAKES_REVIEWS, Phase

if TYPE_CHECKING:
    from experts.models import User


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The manager: all. Coordinators: what `seen_with` their countries."""
        access = user.access
        if access.is_manager:
            return self
        own = access.countries(Role.COORDINATOR)
        if not own:
            return self.none()
        return self.seen_with(own)

    def seen_with(self, countries: Any) -> Self:
        """A country's rounds, those of several countries with one of these among them, and those
        of all countries; `countries` may be a slot.
        """
        through = self.model.countries.through  # type: ignore[attr-defined]
        scope = through.objects.filter(reviewround=OuterRef("pk"))
        of_some = Exists(scope.filter(country_id__in=countries))
        shared = Q(country__isnull=True) & (~Exists(scope) | of_some)
        return self.filter(shared | Q(country_id__in=countries))

    def led_from(self, countries: Any) -> Self:
        """Rounds whose countries are all among these; `countries` may be a slot."""
        through = self.model.countries.through  # type: ignore[attr-defined]
        scope = through.objects.filter(reviewround=OuterRef("pk"))
        inside = Exists(scope) & ~Exists(scope.exclude(country_id__in=countries))
        return self.filter(Q(country_id__in=countries) | (Q(country__isnull=True) & inside))

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def taking_reviews(self) -> Self:
        """Open and in a phase in which reviews are written."""
        return self.open().filter(phase__in=TAKES_REVIEWS)

    def open_first(self) -> Self:
        """Open rounds by their due day, then closed ones, the newest first."""
        return self.order_by(F("closed_at").desc(nulls_first=True), "due_on", "pk")

    def with_row(self) -> Self:
        """With what a row of a list says, and no more."""
        named = self.select_related("version__material", "country", "group")
        named = named.prefetch_related("countries")
        return named.only(
            *("phase", "closed_at", "due_on", "blindness", "accept_first", "country__code"),
            *("version__number", "version__language", "group__name"),
            *("version__material__code", "version__material__title"),
        )

    def with_version(self) -> Self:
        """With what every page of a round names: its version, its country, its policy."""
        return self.select_related("version__material", "country", "policy")


def handed_in(until: date | None = None) -> Q:
    """The condition of an assignment to be handed in, on or before a day where one is given."""
    return Q(submitted_on__isnull=False) if until is None else Q(submitted_on__lte=until)


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """What a coordinator counts and reads without names: the assignments of own countries."""
        access = user.access
        if access.is_manager:
            return self
        return self.filter(country_id__in=access.countries(Role.COORDINATOR))

    def submitted(self, until: date | None = None) -> Self:
        """Handed in, on or before a day where one is given."""
        return self.filter(handed_in(until))

    def waiting(self) -> Self:
        """Not handed in, and not declined."""
        return self.filter(submitted_on__isnull=True, declined_on__isnull=True)

    def opened(self) -> Self:
        """Whose material is open to the expert: not declined and, where that is asked, accepted."""
        agreed = Q(round__accept_first=False) | Q(accepted_on__isnull=False)
        return self.filter(agreed, declined_on__isnull=True)

    def late(self, until: Any) -> Self:
        """Still waited for though due on or before a day, which may be a slot.

        Only while somebody else could be asked, which ends with the independent phase.
        """
        return self.wanted().filter(round__phase=Phase.INDEPENDENT, due_on__lte=until)

    def wanted(self) -> Self:
        """Not handed in, in a round that takes reviews, and not passed on to somebody else."""
        open_ones = self.waiting().filter(round__closed_at__isnull=True, released_on__isnull=True)
        return open_ones.filter(round__phase__in=TAKES_REVIEWS)

    def with_version(self) -> Self:
        return self.select_related("round__version__material", "round__rubric", "round__country")


class AnnotationQuerySet(models.QuerySet):
    def sent(self) -> Self:
        """Of reviews that were handed in; all others are their writer's drafts."""
        return self.filter(assignment__submitted_on__isnull=False)
