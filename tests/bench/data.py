"""A database of any size, by COPY; every row keeps the constraints the platform has."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

import experts.demo
import feedback.reviews.demo
import materials.demo
from cop_platform.common.times import zone_data_version
from experts.enums import Role
from experts.models import CommunityOfPractice, Country, Person, User
from feedback.reviews.models import Assignment, Criterion, ReviewRound
from materials.models import Version
from sessions.models.sessions import usual_reminders

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
    today = timezone.now().date()
    experts.demo.seed(today)
    materials.demo.seed(today)
    feedback.reviews.demo.seed(today)
    return User.objects.get(email="coordinator.bg@demo.example")


def grow(*, sessions: int, people: int, reviews: int, materials: int = 0) -> None:
    """Adds what is missing up to so many of each, and analyses the tables."""
    with connection.cursor() as cursor:
        # A hundred thousand rows at once take longer than any visitor waits.
        cursor.execute("SET statement_timeout = 0")
    _people(people)
    _sessions(sessions)
    _reviews(reviews)
    _materials(materials)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def settle() -> None:
    """What autovacuum does by itself after so many rows.

    It counts what the planner reckons with, and empties the lists in which indexes of words keep
    what was added last, and which every question would read from end to end.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


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
    start = {n: _start(n - (last + 1 - have), today) for n in new}
    _copy(
        "cop_sessions_copsession",
        "id, title, kind, mode, purpose, wall_day, wall_clock, zone, starts_at, ends_at, minutes,"
        " place, online_link, uid, sequence, version, planned_by_id, planned_at, changed_at,"
        " cancel_reason, languages, duties_needed, reminders, zone_rules, guest_rule, documents,"
        " chatham_house, competences",
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
        " generation, asked_through, seat, suggested",
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
                "person",
                "",
                "",
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
        0, 1, planner, start.isoformat(), start.isoformat(), "", "{en}", "{}",
        json.dumps(usual_reminders()), zone_data_version(), "chosen", "{}", "f", "{}",
    )  # fmt: skip


def _materials(wanted: int) -> None:
    """Materials of one released version each; every hundredth says "portfolio" on its card."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM materials_material),"
            " (SELECT coalesce(max(id), 0) FROM materials_material),"
            " (SELECT coalesce(max(id), 0) FROM materials_version)"
        )
        have, last, last_version = cursor.fetchone()
    owner = Person.objects.get(email="coordinator.bg@demo.example")
    count = max(0, wanted - have)
    now = timezone.now().isoformat()
    _copy(
        "materials_material",
        "id, code, title, type, audience, licence, owner_id, country_id, summary, parts, levels,"
        " created_at",
        (
            (
                last + n, f"B{last + n}", f"Material {last + n}", ("guide", "workbook")[n % 2],
                ("mentors", "migrants", "all")[n % 3], "CC0", owner.pk, owner.country_id,
                "For a portfolio" if n % 100 == 0 else "For a meeting",
                ("{plan}", "{badge,journal}")[n % 2], ("{CEFR A2}", "{DigComp 3}")[n % 2], now,
            )
            for n in range(1, count + 1)
        ),
    )  # fmt: skip
    _copy(
        "materials_version",
        "id, material_id, number, language, sha256, file, link, media_type, size, original_name,"
        " what_changed, translator, licence, uploaded_by_id, uploaded_at, released_at",
        (
            (
                last_version + n, last + n, 1, ("en", "el", "ar", "bg")[n % 4], f"{n:064x}", "",
                "https://example.org/", "text/uri-list", 0, "", "", "", "", owner.pk, now, now,
            )
            for n in range(1, count + 1)
        ),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO materials_searchtext (version_id, title, words, vector)"
            " SELECT v.id, lower(m.code || ' ' || m.title), lower(m.summary),"
            " setweight(to_tsvector('simple', lower(m.code || ' ' || m.title)), 'A')"
            " || setweight(to_tsvector('simple', lower(m.summary)), 'B')"
            " FROM materials_version v JOIN materials_material m ON m.id = v.material_id"
            " WHERE v.id > %s",
            [last_version],
        )


def _reviews(wanted: int) -> None:
    """Closed rounds of up to two hundred submitted reviews each, every criterion rated."""
    have = Assignment.objects.filter(submitted_on__isnull=False).count()
    people = Person.objects.filter(email__endswith="@bench.example").order_by("pk")
    panel = list(people.values_list("pk", "country_id")[:200])
    pattern = ReviewRound.objects.filter(closed_at__isnull=False).first()
    assert pattern is not None  # the demo closed some
    first = (ReviewRound.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    rounds = range(first, first + max(0, wanted - have) // len(panel))
    with connection.cursor() as cursor:
        # History triggers would double the time of loading and change no figure.
        cursor.execute("SET session_replication_role = replica")
    _copy_rounds(rounds, pattern)
    _copy_answers(rounds, panel, pattern)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")


def _copy_rounds(rounds: range, pattern: ReviewRound) -> None:
    versions = list(Version.objects.values_list("pk", flat=True))
    opened = pattern.opened_at.isoformat()
    _copy(
        "feedback_reviewround",
        "id, version_id, rubric_id, opened_by_id, opened_at, due_on, instruction, closed_at, "
        "phase, blindness, accept_first, panel_size, quota_practitioners, quota_lived",
        (
            (
                pk,
                versions[(pk - rounds.start) % len(versions)],
                pattern.rubric_id,
                pattern.opened_by_id,
                opened,
                pattern.due_on,
                "",
                opened,
                *("independent", "both", "f", 3, 0, 0),
            )
            for pk in rounds
        ),
    )


def _copy_answers(rounds: range, panel: list[tuple[int, int]], pattern: ReviewRound) -> None:
    """A review of everybody on the panel in each round."""
    day = pattern.due_on
    criteria = list(Criterion.objects.filter(rubric=pattern.rubric).values_list("pk", "text"))
    reviews = [
        (in_round, 10**15 + in_round * 1000 + place, uuid.uuid4(), person, country)
        for in_round in rounds
        for place, (person, country) in enumerate(panel)
    ]
    _copy(
        "feedback_assignment",
        "id, round_id, reviewer_code, country_id, due_on, submitted_on, decline_reason",
        (
            (pk, in_round, code, country, day, day, "")
            for in_round, pk, code, _p, country in reviews
        ),
    )
    _copy(
        "feedback_revieweridentity",
        "reviewer_code, round_id, person_id",
        ((code, in_round, person) for in_round, _pk, code, person, _c in reviews),
    )
    _copy(
        "feedback_rating",
        "assignment_id, criterion_id, wording, score, not_applicable, na_reason, comment, kind, "
        "weight, suggestion",
        (
            (pk, criterion, text, 3 + (pk + criterion) % 2, "f", "", "", "relevance", 1, "")
            for _r, pk, _code, _p, _c in reviews
            for criterion, text in criteria
        ),
    )
