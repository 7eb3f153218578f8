"""The page a comment stands on is one that the document has."""

from __future__ import annotations

from django.db.models import Max
from django.db.models.functions import Greatest
from django.utils.translation import ngettext

from cop_platform.common.refusals import NotPossible
from materials.models import Version
from practices.domain.talk.discussed import Thing


class NoSuchPage(NotPossible):
    """The document is shorter."""


def check(place: int | None, thing: Thing) -> None:
    """Raises NoSuchPage for a page that no released edition of a material has.

    Where nobody counted the pages yet, as of a film, nothing can be said.
    """
    if place is None or not thing.has_pages:
        return
    last = _last_page(thing.pk)
    if last and place > last:
        raise NoSuchPage(
            ngettext(
                "The document has %(n)d page.",
                "The document has %(n)d pages.",
                last,
            )
            % {"n": last}
        )


def _last_page(material_id: int) -> int:
    """The last page of its longest released edition, 0 where it is not known."""
    editions = Version.objects.released().filter(material=material_id).order_by()
    counted = editions.aggregate(n=Max(Greatest("pages", "rendition__pages")))
    return counted["n"] or 0
