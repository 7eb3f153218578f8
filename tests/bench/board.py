"""Measures the quality board: `python -m tests.bench.board`.

Three hundred materials that six countries need, each in its language or in the one there is, with
verdicts on most, rounds on some and changes on others; asked in turns with the bare page.
"""

from __future__ import annotations

import sys
import uuid
from datetime import date, timedelta
from statistics import median
from typing import Any

from tests.bench import load, stack, tables

MATERIALS = 300
TURNS, REQUESTS = 5, 40
MOST_CPU, MOST_P95, MOST_SQL, MOST_BYTES = 3.0, 3.0, 12, 14_000
PAGES = [
    ("Quality board", "/quality/"),
    ("Quality board, last page", "/quality/?page=30"),
    ("Quality board, one country", "/quality/?country=BG"),
    ("Quality board, validated", "/quality/?standing=validated"),
]


def grow(materials: int) -> None:
    """Gives so many of the invented materials their required editions, verdicts and changes."""
    from django.db import connection

    from experts.models import Country, Person
    from feedback.changes.models import ChangeRequest
    from feedback.reviews.domain import policies
    from feedback.reviews.models import Assignment, ReviewRound
    from materials.models import RequiredEdition, Version
    from tests import factories as make

    countries = list(Country.objects.order_by("code"))
    versions = list(
        Version.objects.filter(material__code__startswith="B", material__required__isnull=True)
        .select_related("material")
        .order_by("pk")[: max(0, materials - _there())]
    )
    RequiredEdition.objects.bulk_create(
        RequiredEdition(
            material=version.material,
            country=country,
            # Every fifth cell is of a language there is no edition in.
            language=country.language if (n + place) % 5 == 0 else version.language,
        )
        for n, version in enumerate(versions)
        for place, country in enumerate(countries)
    )
    pattern = ReviewRound.objects.filter(closed_at__isnull=False).earliest("pk")
    author = Person.objects.get(email="manager@demo.example")
    policy = policies.current(make.NOW)
    standings = ("validated", "validated", "changes", "revise", "evidence", "not")
    with connection.cursor() as cursor:
        # History triggers would double the time of loading and change no figure.
        cursor.execute("SET session_replication_role = replica")
        # Rows that were copied in with their keys left the counters behind.
        for table in ("feedback_reviewround", "materials_requirededition"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )
    rounds = ReviewRound.objects.bulk_create(
        ReviewRound(
            version=version,
            country=country,
            rubric=pattern.rubric,
            policy=policy,
            opened_by=author,
            opened_at=pattern.opened_at,
            due_on=date.today() + timedelta(days=9),
            closed_at=None if (n + place) % 7 == 0 else pattern.opened_at,
        )
        for n, version in enumerate(versions)
        for place, country in enumerate(countries)
        if (n + place) % 4
    )
    Assignment.objects.bulk_create(
        Assignment(
            round=one, reviewer_code=uuid.uuid4(), country_id=one.country_id, due_on=one.due_on
        )
        for n, one in enumerate(rounds)
        for _k in range(n % 4)
    )
    from feedback.validation.models import Verdict

    Verdict.objects.bulk_create(
        Verdict(
            version=one.version,
            country_id=one.country_id,
            round=one,
            policy=policy,
            sha256=one.version.sha256,
            proposal=standings[n % len(standings)],
            standing=standings[n % len(standings)],
            confirmed_by=author,
            confirmed_at=make.NOW,
            final_at=make.NOW,
            valid_until=date.today() + timedelta(days=30 * (n % 30) - 40),
        )
        for n, one in enumerate(rounds)
        if one.closed_at and n % 9
    )
    ChangeRequest.objects.bulk_create(
        ChangeRequest(
            material=version.material,
            version=version,
            asked="Say it shorter.",
            severity=("minor", "critical")[n % 10 == 0],
            raised_on=date.today(),
            raised_by=author,
        )
        for n, version in enumerate(versions)
        if n % 2
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")


def _there() -> int:
    from materials.models import Material

    of_bench = Material.objects.filter(code__startswith="B", required__isnull=False)
    return of_bench.distinct().count()


def main() -> int:
    with stack.throwaway():
        from django.core.management import call_command

        from tests.bench import __main__ as pages
        from tests.bench import data

        call_command("migrate", verbosity=0)
        user = data.base()
        cookie = pages._log_in(user)
        data.grow(**pages.LARGE | {"sessions": 200, "reviews": 600})
        grow(MATERIALS)
        lines, is_over = [], False
        with load.serving() as server:
            for name, path in PAGES:
                line, over = _measured(server, name, path, cookie, pages._queries(user, path))
                lines.append(line)
                is_over |= over
    head = "| page | p50 ms | CPU ms | x bare | p95 at 8, x bare | SQL | gzip bytes | budget |"
    text = "\n".join([head, "|---|---|---|---|---|---|---|---|", *lines])
    print(text)
    tables.write("board", text)
    return 1 if is_over else 0


def _measured(
    server: load.Server, name: str, path: str, cookie: str, queries: int
) -> tuple[str, bool]:
    """In turns with the bare page, so that what else the machine does meets both."""

    def ask(address: str, connections: int) -> load.Load:
        return load.measure(server, address, cookie, connections=connections, requests=REQUESTS)

    one: list[tuple[Any, ...]] = []
    for _turn in range(TURNS):
        bare, page = ask("/bare/", 1), ask(path, 1)
        bare_busy, busy = ask("/bare/", 8), ask(path, 8)
        one.append((page.p50, page.cpu_ms, page.cpu_ms / bare.cpu_ms, busy.p95 / bare_busy.p95))
    p50, cpu, ratio, p95 = (median(values) for values in zip(*one, strict=True))
    size = page.size
    checks = {
        "CPU": ratio > MOST_CPU,
        "p95": p95 > MOST_P95,
        "SQL": queries > MOST_SQL,
        "bytes": size > MOST_BYTES,
    }
    over = [what for what, is_over in checks.items() if is_over]
    said = f"over: {', '.join(over)}" if over else f"within {MOST_CPU:g} x"
    cells = f"{p50:.1f} | {cpu:.1f} | {ratio:.2f} | {p95:.2f} | {queries} | {size} | {said}"
    return f"| {name} | {cells} |", bool(over)


if __name__ == "__main__":
    sys.exit(main())
