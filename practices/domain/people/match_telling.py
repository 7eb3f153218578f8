"""An offer that answers a need of another country is told to both, once for each such pair."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from experts.domain import outbox
from practices.domain.people import matching
from practices.enums import Wish
from practices.models import Exchange, ExchangeMatch

KIND = "exchange_match"
# So many are told when something is put up; the page shows all of them.
MOST_TOLD = 3


def tell(made: Exchange, today: date, at: datetime) -> list[ExchangeMatch]:
    """Writes down what the new one answers, or is answered by, abroad; tells both sides of each.

    In the caller's transaction. A pair that was told before is not told again.
    """
    found = [match for other in _abroad(made, today) if (match := _kept(made, other, at))]
    rows = [
        (match.pk, side.person, f"{KIND}:{match.pk}:{side.person_id}")
        for match in found
        for side in (match.offer, match.need)
    ]
    if rows:
        outbox.plan_many(kind=KIND, rows=rows, due_at=at, at=at)
    return found


def entry(row: Exchange) -> matching.Entry:
    """An offer or need, which comes with its person and country, as matching sees it."""
    country = row.person.country
    return matching.Entry(
        id=row.pk,
        person_id=row.person_id,
        country_id=row.person.country_id,
        country=country.name if country else "",
        is_offer=row.wish == Wish.OFFER,
        words=row.words,
        languages=frozenset(row.languages),
    )


def still_matches(match: ExchangeMatch, today: date) -> bool:
    """Whether both are still open, of people who are members."""
    keys = (match.offer_id, match.need_id)
    return Exchange.objects.open(today).filter(pk__in=keys).count() == len(keys)


def _abroad(made: Exchange, today: date) -> Iterator[Exchange]:
    """The best of what answers it in other countries."""
    wish = Wish.NEED if made.wish == Wish.OFFER else Wish.OFFER
    rows = Exchange.objects.open(today).filter(wish=wish).select_related("person__country")
    others = {row.pk: row for row in rows if row.person.country_id != made.person.country_id}
    fitting = matching.matches(entry(made), [entry(row) for row in others.values()])
    for match in fitting[:MOST_TOLD]:
        yield others[match.entry.id]


def _kept(made: Exchange, other: Exchange, at: datetime) -> ExchangeMatch | None:
    """The pair as a row; None where it stood there before."""
    offer, need = (made, other) if made.wish == Wish.OFFER else (other, made)
    match, is_new = ExchangeMatch.objects.get_or_create(
        offer=offer, need=need, defaults={"found_at": at}
    )
    return match if is_new else None
