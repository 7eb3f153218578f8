"""The parts of a plan that are rows of their own: who has which duty, seats by country."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from experts.models import Country, Person
from sessions.enums import Duty
from sessions.models import CopSession, CountrySeats, DutyHolder


class Keep(Enum):
    """The mark of what a plan says nothing about; None can be a wish."""

    KEEP = "keep"


KEEP = Keep.KEEP


@dataclass(frozen=True)
class Holder:
    """Somebody's duty in a session; an interpreter's with the languages between which."""

    person: Person
    duty: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class CountryQuota:
    """How many seats are for guests of a country at most."""

    country: Country
    seats: int


def write_parts(
    session: CopSession,
    *,
    duties: tuple[Holder, ...] | Keep,
    seats: tuple[CountryQuota, ...] | Keep,
) -> None:
    """Replaces duties and seats by the given ones; what is KEEP stays."""
    if not isinstance(duties, Keep):
        session.duty_holders.all().delete()
        DutyHolder.objects.bulk_create(
            DutyHolder(session=session, person=h.person, duty=h.duty, languages=list(h.languages))
            for h in {(h.person.pk, h.duty): h for h in duties}.values()
        )
    if not isinstance(seats, Keep):
        session.country_seats.all().delete()
        CountrySeats.objects.bulk_create(
            CountrySeats(session=session, country=quota.country, seats=quota.seats)
            for quota in seats
        )


def missing_duties(session: CopSession, holders: list[DutyHolder]) -> list[str]:
    """Labels of the duties this session needs and nobody has yet."""
    held = {holder.duty for holder in holders}
    return [str(Duty(duty).label) for duty in session.duties_needed if duty not in held]
