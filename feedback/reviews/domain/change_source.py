"""What reviewers wrote, as a source of change requests: comments to criteria, and annotations.

Who may read a comment is asked of `visibility`; here stands only whom a request made of one is
kept from. What is said about a comment never says whose it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from experts.models import User
from feedback.changes.enums import Severity
from feedback.changes.sources import About, Source
from feedback.reviews.domain import decided_notices, identity, visibility, whereabouts
from feedback.reviews.enums import Mark, Phase
from feedback.reviews.models import Annotation, Rating, ReviewRound

RATING = "rating"
ANNOTATION = "annotation"

# What is only an idea or praise asks for no change by itself; critical is for a person to say.
_SEVERITY = {Mark.MUST: Severity.MAJOR, Mark.SHOULD: Severity.MINOR}
_QUOTED = 300
# Authors answer from these phases on; until then a comment stays where it was written.
_TO_AUTHORS = (Phase.RESPONSE, Phase.DECISION)


def _about_ratings(keys: Collection[int]) -> dict[int, About]:
    """A score never shows in the severity: who reads no scores would read it there."""
    rows = Rating.objects.filter(pk__in=keys).exclude(comment="")
    found = rows.values_list("pk", "assignment__round__version_id", "assignment__country_id")
    return {pk: About(version, country, Severity.MINOR) for pk, version, country in found}


def _about_annotations(keys: Collection[int]) -> dict[int, About]:
    rows = Annotation.objects.filter(pk__in=keys).order_by()
    found = rows.values_list("pk", "version_id", "assignment__country_id", "mark")
    return {
        pk: About(version, country, _SEVERITY.get(Mark(mark), ""))
        for pk, version, country, mark in found
    }


def _words_of_ratings(keys: Collection[int]) -> dict[int, str]:
    words = {}
    for pk, criterion, comment, suggestion in Rating.objects.filter(pk__in=keys).values_list(
        "pk", "wording", "comment", "suggestion"
    ):
        parts = [comment]
        if suggestion:
            parts.append(_("Suggested: %(text)s") % {"text": suggestion})
        parts.append(_("About: %(criterion)s") % {"criterion": criterion})
        words[pk] = "\n\n".join(parts)
    return words


def _words_of_annotations(keys: Collection[int]) -> dict[int, str]:
    return {row.pk: _annotated(row) for row in Annotation.objects.filter(pk__in=keys)}


def _annotated(row: Annotation) -> str:
    """The place, the quoted words and the remark, whichever there are."""
    quote = " ".join(row.quote.split())
    if len(quote) > _QUOTED:
        quote = f"{quote[:_QUOTED]}…"
    place = whereabouts.place(row)
    head = ": ".join(part for part in (place, f"“{quote}”" if quote else "") if part)
    return "\n".join(part for part in (head, row.text) if part) or row.get_kind_display()


def _rounds(version_id: int) -> Iterable[ReviewRound]:
    """The rounds on a version in which nobody writes independently of the others any more."""
    rounds = ReviewRound.objects.filter(version_id=version_id).select_related("version__material")
    return [one for one in rounds if visibility.is_over_independent(one)]


def _readable_ratings(user: User, version_id: int) -> QuerySet:
    readable = Q(pk__in=[])
    for one in _rounds(version_id):
        readable |= Q(pk__in=visibility.ratings_for(user, one).order_by().values("pk"))
    return Rating.objects.filter(readable).exclude(comment="").values_list("pk", flat=True)


def _readable_annotations(user: User, version_id: int) -> QuerySet:
    readable = Q(pk__in=[])
    for one in _rounds(version_id):
        readable |= Q(pk__in=visibility.annotations_for(user, one).order_by().values("pk"))
    return Annotation.objects.filter(readable).order_by().values_list("pk", flat=True)


def _hidden(person: Any, countries: Any) -> Q:
    """Comments of rounds in which somebody still rates, whatever else they are; and before the
    author answers, all that were not written in a country the person coordinates.
    """
    rates = Q(assignment__round__in=identity.of(person).waiting().order_by().values("round"))
    if countries is None:
        return rates
    early = Q(assignment__round__closed_at__isnull=True)
    early &= ~Q(assignment__round__phase__in=_TO_AUTHORS)
    return rates | (early & ~Q(assignment__country__in=countries))


def _hidden_ratings(person: Any, countries: Any) -> QuerySet:
    return Rating.objects.filter(_hidden(person, countries)).values("pk")


def _hidden_annotations(person: Any, countries: Any) -> QuerySet:
    return Annotation.objects.filter(_hidden(person, countries)).order_by().values("pk")


_OPEN = Q(assignment__round__closed_at__isnull=True)


def _open_ratings() -> QuerySet:
    return Rating.objects.filter(_OPEN).values("pk")


def _open_annotations() -> QuerySet:
    return Annotation.objects.filter(_OPEN).order_by().values("pk")


def _where(user: User, found: ReviewRound | None) -> str:
    """The outcome, for who sees it; no page leads to one reviewer's words alone."""
    if found is None or not ReviewRound.objects.visible_to(user).contains(found):
        return ""
    return reverse("round_outcome", args=[found.pk])


def _where_rating(user: User, key: int) -> str:
    return _where(user, ReviewRound.objects.filter(assignments__ratings=key).first())


def _where_annotation(user: User, key: int) -> str:
    return _where(user, ReviewRound.objects.filter(assignments__annotations=key).first())


def _tell_of_ratings(keys: Collection[int], at: datetime) -> None:
    rounds = ReviewRound.objects.filter(assignments__ratings__in=keys)
    decided_notices.tell_decided(rounds.distinct().order_by("pk"), at=at)


def _tell_of_annotations(keys: Collection[int], at: datetime) -> None:
    rounds = ReviewRound.objects.filter(assignments__annotations__in=keys)
    decided_notices.tell_decided(rounds.distinct().order_by("pk"), at=at)


SOURCES = (
    Source(
        kind=ANNOTATION,
        label=gettext_lazy("Review annotation"),
        about=_about_annotations,
        words=_words_of_annotations,
        readable=_readable_annotations,
        hidden_from=_hidden_annotations,
        unpublished=_open_annotations,
        where=_where_annotation,
        tell=_tell_of_annotations,
    ),
    Source(
        kind=RATING,
        label=gettext_lazy("Review comment"),
        about=_about_ratings,
        words=_words_of_ratings,
        readable=_readable_ratings,
        hidden_from=_hidden_ratings,
        unpublished=_open_ratings,
        where=_where_rating,
        tell=_tell_of_ratings,
    ),
)
