"""What is known of a panel before its round is opened: the languages that nobody reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from experts import reference
from experts.enums import Role
from experts.models import User
from feedback.reviews.domain.panel import gathering
from materials.models import Version

# So many versions are looked at: nobody reads more sentences than that.
SHOWN = 12


def unread(versions: Collection[int], countries: Collection[str], user: User) -> list[str]:
    """A sentence for each version (by id) that nobody reads in some country (by code).

    No country named is all of them. Of a coordinator's own countries only; with two questions.
    """
    names = {c.pk: c.name for c in reference.countries() if not countries or c.code in countries}
    if not user.access.is_manager:
        own = set(user.access.countries(Role.COORDINATOR))
        names = {pk: name for pk, name in names.items() if pk in own}
    readers = {pk: set[str]() for pk in names}
    for person in gathering.experts_of(names, user):
        readers[person.country_id or 0].update(person.languages)
    found = Version.objects.visible_to(user).filter(pk__in=list(versions)[:SHOWN])
    shown = found.select_related("material").order_by("material__code", "number")
    return list(_sentences(shown, names, readers))


def _sentences(
    versions: Iterable[Version], names: dict[int, str], readers: dict[int, set[str]]
) -> Iterable[str]:
    for version in versions:
        without = [name for pk, name in names.items() if version.language not in readers[pk]]
        if without:
            yield _("%(title)s: no expert reads %(language)s in %(countries)s.") % {
                "title": f"{version.material.code} v{version.number}",
                "language": version.get_language_display(),
                "countries": ", ".join(sorted(without)),
            }
