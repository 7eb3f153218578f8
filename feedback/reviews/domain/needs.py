"""What reviews wait for from a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import Asked
from cop_platform.common.times import to_utc, to_wall
from experts.enums import Role
from experts.models import User
from feedback.reviews.domain import acceptance, cards, identity, waiting
from feedback.reviews.domain.cards import ReviewCard
from feedback.reviews.domain.waiting import Row
from feedback.reviews.models import Assignment, Criterion

SHOWN = 5
# A review is due by the end of the working day.
_DUE_CLOCK = time(17)


def asks(user: User, at: datetime) -> Questions:
    """Own reviews to write, for experts alone; for those who lead rounds, what these wait for."""
    found: dict[str, Asked] = {}
    if Role.EXPERT in user.access.roles:
        found |= identity.asked_to_write(user.person)
    if user.access.plans_sessions:
        found["rounds"] = waiting.asked(user, at)
    return found


def of(
    user: User,
    at: datetime,
    *,
    assignments: Sequence[Assignment] = (),
    criteria: Sequence[Criterion] = (),
    rounds: Sequence[tuple[str, int, str, date, int]] = (),
) -> Iterator[Need]:
    """Own reviews to write; for those who lead rounds, what their rounds wait for."""
    zone = user.person.zone
    cards_to_write = cards.waiting(assignments[:SHOWN], criteria, at, zone)
    yield from (_to_write(card, zone) for card in cards_to_write)
    yield from _leading(waiting.by_kind(rounds), at, zone)


def _to_write(card: ReviewCard, zone: str) -> Need:
    return Need(
        title=_("Review “%(title)s” v%(number)d") % {"title": card.title, "number": card.number},
        sentence=card.sentence,
        url=card.url,
        action=_("Open the review desk"),
        due=_by(card.due_on, zone),
        icon="check",
    )


def _leading(found: Mapping[str, list[Row]], at: datetime, zone: str) -> Iterator[Need]:
    """What waits for those who lead rounds."""
    today = to_wall(at, zone).date()
    yield from (_to_hand_back(row, _by(today, zone)) for row in found[waiting.BACK])
    yield from (_to_pass_on(row, today, _by(row.day, zone)) for row in found[waiting.LATE])
    yield from (_to_close(row, at, zone) for row in found[waiting.OVER])
    yield from _to_fill(found[waiting.DECLINED], zone)


def _to_hand_back(row: Row, due: datetime) -> Need:
    return Need(
        title=_("A reviewer of “%(title)s” asks to have a review handed back")
        % {"title": row.title},
        sentence=_("Only the writer changes it; you say whether."),
        url=reverse("round_reopenings", args=[row.key]),
        action=_("Answer"),
        due=due,
        icon="question",
    )


def _to_pass_on(row: Row, today: date, due: datetime) -> Need:
    title = ngettext(
        "%(n)d review of “%(title)s” is %(days)d days late",
        "%(n)d reviews of “%(title)s” are up to %(days)d days late",
        row.many,
    )
    return Need(
        title=title % {"title": row.title, "n": row.many, "days": (today - row.day).days},
        sentence=_("Reminders did not help. Others who fit are listed; one press asks them."),
        url=reverse("round_substitute", args=[row.key]),
        action=_("Ask somebody else"),
        due=due,
        icon="people",
    )


def _to_close(row: Row, at: datetime, zone: str) -> Need:
    return Need(
        title=_("Close the review of “%(title)s”") % {"title": row.title},
        sentence=cards.due_sentence(row.day, at, zone),
        url=reverse("round_detail", args=[row.key]),
        action=_("Look at it"),
        due=_by(row.day, zone),
        icon="check",
    )


def _to_fill(rows: Iterable[Row], zone: str) -> Iterator[Need]:
    """A line for each round, whatever countries its empty seats are of; who it was stays unsaid."""
    by_round: dict[int, list[Row]] = {}
    for row in rows:
        by_round.setdefault(row.key, []).append(row)
    for key, seats in by_round.items():
        yield Need(
            title=_("Somebody declined to review “%(title)s”") % {"title": seats[0].title},
            sentence=acceptance.declined_sentence(sum(row.many for row in seats)),
            url=reverse("round_propose", args=[key]),
            action=_("See who could be asked"),
            due=_by(seats[0].day, zone),
            icon="people",
        )


def _by(day: date, zone: str) -> datetime:
    return to_utc(datetime.combine(day, _DUE_CLOCK), zone, fold=0)
