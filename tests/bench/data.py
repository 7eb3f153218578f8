"""A database of any size, by COPY; every row keeps the constraints the platform has."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

import experts.demo
from experts.enums import Role
from experts.models import CommunityOfPractice, Country, Person, User

INVITED = 8


def _copy(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    text = io.StringIO()
    for row in rows:
        cells = ["\\N" if value is None else str(value) for value in row]
        text.write("\t".join(cells) + "\n")
    text.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", text)


def base() -> User:
    """Countries and people of the demo; gives the coordinator whose pages are measured."""
    experts.demo.seed(timezone.now().date())
    return User.objects.get(email="coordinator.bg@demo.example")


def grow(*, sessions: int, people: int) -> None:
    """Adds what is missing up to so many sessions and people, and analyses the tables."""
    _people(people)
    _sessions(sessions)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _people(wanted: int) -> None:
    countries = list(Country.objects.order_by("code"))
    cops = {cop.country_id: cop.pk for cop in CommunityOfPractice.objects.all()}
    first = (Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    numbers = range(first, first + max(0, wanted - Person.objects.count()))
    home = {n: countries[n % len(countries)] for n in numbers}
    _copy(
        "experts_person",
        "id, name, email, country_id, language, languages, zone, in_directory, ask_me_about",
        (
            (
                n,
                f"Expert {n}",
                f"e{n}@bench.example",
                home[n].pk,
                "en",
                "{en}",
                home[n].zone,
                "t",
                "",
            )
            for n in numbers
        ),
    )
    _copy(
        "experts_membership",
        "person_id, cop_id, role, stage, joined_on",
        ((n, cops[home[n].pk], Role.EXPERT.value, "member", "2025-09-01") for n in numbers),
    )


def _sessions(wanted: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(max(id), 0) FROM cop_sessions_copsession")
        have, last = cursor.fetchone()
    planner = Person.objects.get(email="coordinator.bg@demo.example").pk
    members = list(
        Person.objects.filter(email__endswith="@bench.example").values_list("pk", flat=True)
    )
    cops = list(CommunityOfPractice.objects.exclude(country=None).select_related("country"))
    today = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    new = range(last + 1, last + 1 + max(0, wanted - have))
    # Ten years back and two ahead, spread evenly: a month holds about 140 sessions of 20,000.
    start = {
        n: today + timedelta(hours=6 * ((n * 7919) % (12 * 365 * 4)) - 10 * 365 * 24) for n in new
    }
    _copy(
        "cop_sessions_copsession",
        "id, title, kind, mode, purpose, wall_day, wall_clock, zone, starts_at, ends_at, minutes,"
        " place, online_link, uid, sequence, version, planned_by_id, planned_at, changed_at,"
        " cancel_reason",
        (_session(n, start[n], cops[n % len(cops)], planner) for n in new),
    )
    _copy(
        "cop_sessions_copsession_host_cops",
        "copsession_id, communityofpractice_id",
        ((n, cops[n % len(cops)].pk) for n in new),
    )
    _copy(
        "cop_sessions_invitation",
        "session_id, person_id, invited_by_id, invited_at, answer, answered_at, answered_by, note,"
        " generation",
        (
            (
                n,
                members[(n * 31 + k) % len(members)],
                planner,
                start[n],
                "yes",
                start[n],
                "link",
                "",
                1,
            )
            for n in new
            for k in range(min(INVITED, len(members)))
        ),
    )


def _start(ordinal: int, today: datetime) -> datetime:
    """The first fifty lie around today, so that pages are equally full at every size; the others
    are spread over ten years before and two after that.
    """
    if ordinal < 50:
        return today + timedelta(hours=24 * (ordinal % 28 - 14) + 3 * (ordinal % 3))
    hours = 6 * ((ordinal * 7919) % (12 * 365 * 4))
    start = today - timedelta(days=3650) + timedelta(hours=hours)
    return start if abs(start - today) > timedelta(days=50) else start - timedelta(days=400)


def _session(n: int, start: datetime, cop: CommunityOfPractice, planner: int) -> tuple[Any, ...]:
    assert cop.country is not None  # country communities only
    wall = start.astimezone(ZoneInfo(cop.country.zone))
    end = start + timedelta(minutes=90)
    return (
        n, f"Session {n}", "regular", "online", "", wall.date(), wall.time(), cop.country.zone,
        start.isoformat(), end.isoformat(), 90, "", "https://meet.example.org/x", uuid.uuid4(),
        0, 1, planner, start.isoformat(), start.isoformat(), "",
    )  # fmt: skip
