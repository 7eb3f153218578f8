"""Remarks on places of a reviewed version: kept while they are written, sent with their review.

No instant is taken or stored here: when somebody wrote would tell who it was.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.models import User
from feedback.reviews.domain import desk, phases, places
from feedback.reviews.enums import AnnotationKind
from feedback.reviews.models import Annotation, Assignment
from materials.domain.reading import is_film
from materials.models import Page, Rendition, Version

MOST = 1_000  # of one review
MAX_QUOTE = 4_000
MAX_CONTEXT = 200
CONTEXT = 32  # characters kept before and after a quote that was found
# A PDF whose pages nobody has counted yet has no more than this.
MOST_PAGES = 5_000

_DRAWN = frozenset({AnnotationKind.REGION, AnnotationKind.IMAGE})


class AnotherWindow(NotPossible):
    """Other words were kept by another window; `stored` holds them, None where they are gone."""

    def __init__(self, sentence: str, stored: Annotation | None) -> None:
        super().__init__(sentence)
        self.stored = stored


class NotInVersion(NotPossible):
    """The version has no such place."""


class TooMany(NotPossible):
    """One review holds no more remarks."""


@dataclass(frozen=True)
class Spot:
    """The marked place. `before` counts the letters of the page before the quote, blanks aside.

    `boxes` are [left, top, width, height] in fractions of the page or picture; seconds are of the
    film.
    """

    kind: str
    page: int | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    before: int | None = None
    boxes: tuple[tuple[float, ...], ...] = ()
    from_second: float | None = None
    to_second: float | None = None


@dataclass(frozen=True)
class Remark:
    """What is said of a place; `criterion_id` is one of the round's rubric."""

    mark: str
    text: str = ""
    criterion_id: int | None = None


def of(assignment: Assignment) -> QuerySet[Annotation]:
    """The remarks of one review, for its writer."""
    return Annotation.objects.filter(assignment=assignment)


@transaction.atomic
def save(
    *, assignment_id: int, client_key: UUID, revision: int, spot: Spot, remark: Remark, by: User
) -> Annotation:
    """Keeps a remark under the key its window chose; sending the same twice makes one row.

    `revision` is the one the window knows, 0 for a new remark. The place is taken when the row is
    made and stays. Raises Refused, AlreadySent, RoundClosed, AnotherWindow, NotInVersion, TooMany.
    """
    assignment = _open(assignment_id, by)
    found = of(assignment).filter(client_key=client_key).first()
    if found is None:
        if revision:
            raise AnotherWindow(_("This remark was deleted in another window."), None)
        return _create(assignment, client_key, spot, remark)
    if remark == Remark(found.mark, found.text, found.criterion_id):
        return found
    if revision != found.revision:
        raise AnotherWindow(_("This remark was changed in another window."), found)
    found.mark, found.text, found.criterion_id = remark.mark, remark.text, remark.criterion_id
    found.revision += 1
    found.save(update_fields=["mark", "text", "criterion", "revision"])
    return found


@transaction.atomic
def delete(*, assignment_id: int, client_key: UUID, revision: int, by: User) -> None:
    """Takes a remark away; one that is gone already is gone.

    Raises Refused, AlreadySent, RoundClosed, AnotherWindow.
    """
    found = of(_open(assignment_id, by)).filter(client_key=client_key).first()
    if found is None:
        return
    if revision != found.revision:
        raise AnotherWindow(_("This remark was changed in another window."), found)
    found.delete()


def as_data(annotation: Annotation) -> dict[str, Any]:
    """A remark as its own window gets it."""
    return {
        "client_key": str(annotation.client_key),
        "revision": annotation.revision,
        "kind": annotation.kind,
        "mark": annotation.mark,
        "text": annotation.text,
        "criterion": annotation.criterion_id or "",
        "page": annotation.page,
        "quote": annotation.quote,
        "boxes": annotation.boxes,
        "from_second": annotation.from_second,
        "to_second": annotation.to_second,
    }


def are_taken(assignment: Assignment) -> bool:
    """Whether remarks are still written in this review."""
    return not assignment.submitted_on and phases.takes_reviews(assignment.round)


def _open(assignment_id: int, by: User) -> Assignment:
    """The assignment, locked, as long as remarks are taken in."""
    assignment = desk.locked(assignment_id, by)
    if assignment.submitted_on:
        raise desk.AlreadySent(_("You sent this review already; its remarks stay as they are."))
    phases.check_keeps_drafts(assignment.round)
    return assignment


def _create(assignment: Assignment, client_key: UUID, spot: Spot, remark: Remark) -> Annotation:
    if of(assignment).count() >= MOST:
        raise TooMany(_("A review holds %(n)d remarks at most.") % {"n": MOST})
    version = assignment.round.version
    _check(version, spot)
    return Annotation.objects.create(
        assignment=assignment,
        client_key=client_key,
        version=version,
        mark=remark.mark,
        text=remark.text,
        criterion_id=remark.criterion_id,
        kind=spot.kind,
        page=spot.page,
        boxes=[list(box) for box in spot.boxes],
        from_second=spot.from_second,
        to_second=spot.to_second,
        **placed(version, spot),
    )


def _check(version: Version, spot: Spot) -> None:
    """Whether the version has such a place."""
    if spot.kind == AnnotationKind.TIME:
        second = spot.to_second if spot.to_second is not None else spot.from_second
        length = version.seconds
        # The length is stored in whole seconds.
        good = is_film(version) and second is not None and (not length or second < length + 1)
    elif spot.kind == AnnotationKind.IMAGE:
        good = version.is_image
    else:
        good = spot.page is not None and spot.page <= _pages(version)
    if not good or (spot.kind in _DRAWN and not spot.boxes):
        raise NotInVersion(_("This version has no such place."))
    if spot.kind == AnnotationKind.TEXT and not spot.quote:
        raise NotInVersion(_("Choose the words that you mean."))


def _pages(version: Version) -> int:
    rendition = Rendition.objects.filter(version=version).only("pages", "pdf").first()
    if rendition is not None and rendition.pages and (version.is_pdf or rendition.pdf):
        return rendition.pages
    return (version.pages or MOST_PAGES) if version.is_pdf else 0


def placed(version: Version, spot: Spot) -> dict[str, Any]:
    """The quote and where it stands in the stored text; as it was sent where it is not found."""
    sent = {"quote": spot.quote, "prefix": spot.prefix, "suffix": spot.suffix}
    if not spot.quote or spot.page is None:
        return sent
    page = Page.objects.filter(version=version, number=spot.page).only("text").first()
    stored = page.text if page else ""
    place = position(stored, spot)
    if place is None:
        return sent
    start, end = place
    return {
        "quote": stored[start:end],
        "prefix": stored[max(start - CONTEXT, 0) : start],
        "suffix": stored[end : end + CONTEXT],
        "start": start,
        "end": end,
        "text_hash": places.hash_of(stored),
    }


def position(text: str, spot: Spot) -> tuple[int, int] | None:
    """Start and end of the quote in a text, blanks aside: in its own context, else the nearest."""
    signs, places = _bare(text)
    wanted, prefix, suffix = (_bare(part)[0] for part in (spot.quote, spot.prefix, spot.suffix))
    starts: list[int] = []
    at = signs.find(wanted) if wanted else -1
    while at >= 0:
        starts.append(at)
        at = signs.find(wanted, at + len(wanted))
    if not starts:
        return None

    def distance(start: int) -> tuple[int, int]:
        end = start + len(wanted)
        strangers = 2 - signs[:start].endswith(prefix) - signs[end:].startswith(suffix)
        return strangers, abs(start - spot.before) if spot.before is not None else 0

    best = min(starts, key=distance)
    return places[best], places[best + len(wanted) - 1] + 1


def _bare(text: str) -> tuple[str, list[int]]:
    """The text without blanks and invisible signs, ligatures taken apart; and whence each sign."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign.isspace() or unicodedata.category(sign) == "Cf":
            continue
        for part in unicodedata.normalize("NFKC", sign):
            signs.append(part)
            places.append(place)
    return "".join(signs), places
