"""Questions asked of the ledger; country borders are kept here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When

from experts.enums import Role
from feedback.changes import sources
from feedback.changes.enums import Decision, Severity

if TYPE_CHECKING:
    from experts.models import User
    from materials.models import Material

_RANKS = {Severity.CRITICAL: 0, Severity.MAJOR: 1, Severity.MINOR: 2}


class ChangeRequestQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The manager: all. Owners and authors of a material: its own. Coordinators: their
        countries' and those that no country raised. Less, for each of them, what is made of a
        comment that they must not hear of yet.
        """
        access = user.access
        if not access.is_member:
            return self.none()
        countries = None if access.is_manager else access.countries(Role.COORDINATOR)
        return self.read_by(user.person, countries, coordinates=bool(countries))

    def read_by(self, person: Any, countries: Any, *, coordinates: bool) -> Self:
        """The same for a member who coordinates these countries; None is all countries.

        Both may be slots; `coordinates` says whether it is any country at all.
        """
        told = self.without_hidden(person, countries)
        if countries is None:
            return told
        own = Q(owner=person) | Q(material__owner=person)
        if coordinates:
            own |= Q(country__in=countries) | Q(country__isnull=True)
            own |= Q(material__country__in=countries)
        return told.filter(own)

    def without_hidden(self, person: Any, countries: Any) -> Self:
        """Without what is made of a comment that a person, who coordinates these countries, must
        not hear of yet; None is all countries. Both may be slots.
        """
        hidden = _of_comments(lambda source: source.hidden_from(person, countries))
        return self.exclude(hidden)

    def undecided(self) -> Self:
        return self.filter(decision=Decision.OPEN, merged_into__isnull=True)

    def alone(self) -> Self:
        """Without those that were merged into another one."""
        return self.filter(merged_into__isnull=True)

    def decided(self) -> Self:
        return self.exclude(decision=Decision.OPEN).filter(merged_into__isnull=True)

    def public(self) -> Self:
        """What everybody may hear of: decided on, and not made of a comment of open work."""
        return self.decided().told()

    def told(self) -> Self:
        """Without what is made of a comment that nobody outside may hear of yet."""
        return self.exclude(_of_comments(lambda source: source.unpublished()))

    def blocking(self, material: Material) -> Self:
        """What keeps a round on a version of this material from being closed."""
        return self.undecided().critical().filter(material=material)

    def with_facts(self) -> Self:
        """With all that a line of the list shows."""
        return self.select_related("material__owner", "version", "country", "owner", "done_in")

    def open_first(self) -> Self:
        """Undecided ones first, the gravest and most urgent before the others."""
        return self.order_by(
            _rank("decision", {Decision.OPEN: 0}, 1),
            _rank("severity", _RANKS, 3),
            F("due_on").asc(nulls_last=True),
            "material__code",
            "pk",
        )

    def critical(self) -> Self:
        return self.filter(severity=Severity.CRITICAL)

    def not_done(self) -> Self:
        """Accepted as asked or in another form, and not shown in a version yet."""
        return self.filter(
            decision__in=[Decision.ACCEPT, Decision.ADAPT],
            done_in__isnull=True,
            merged_into__isnull=True,
        )

    def owned_by(self, person: Any) -> Self:
        """Whose it is to decide: the owner's; the author's where nobody was named."""
        unnamed = Q(owner__isnull=True, material__owner=person)
        return self.filter(Q(owner=person) | unnamed)

    def done(self) -> Self:
        return self.filter(done_in__isnull=False, merged_into__isnull=True)


def _of_comments(keys: Callable[[sources.Source], models.QuerySet]) -> Q:
    """Made of one of these comments, over all kinds."""
    found = Q(pk__in=[])
    for source in sources.known():
        # Asked row by row by the key, so that the comments of all open rounds are never listed.
        found |= Q(source_kind=source.kind) & Q(
            Exists(keys(source).filter(pk=OuterRef("source_key")))
        )
    return found


def _rank(field: str, ranks: Mapping[Any, int], otherwise: int) -> Case:
    whens = [When(**{field: value}, then=Value(rank)) for value, rank in ranks.items()]
    return Case(*whens, default=Value(otherwise), output_field=IntegerField())
