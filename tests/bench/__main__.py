"""Builds the scale database, measures every page on the list, compares with the budgets."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass

from tests.bench import load, stack, tables

SMALL = {"sessions": 200, "people": 200, "reviews": 600, "materials": 200}
FEW_LEARNED = 20
LARGE = {"sessions": 20_000, "people": 2_000, "reviews": 60_000, "materials": 20_000}
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "400"))
MAX_SQL, MAX_LIST_BYTES, MAX_GROWTH, MAX_P95 = 12, 14_000, 1.3, 3.0

# A new page is added here by name: name, path ({session} is a session's id), CPU budget.
PAGES = [
    ("Today", "/", 3.0),
    ("Session list", "/sessions/", 2.0),
    ("Session list, past", "/sessions/?when=past", 2.0),
    ("Session detail", "/sessions/{session}/", 2.0),
    ("Calendar month", "/calendar/", 2.0),
    ("Calendar week", "/calendar/?view=week", 2.0),
    ("Calendar list", "/calendar/?view=list", 2.0),
    ("People", "/people/", 2.0),
    ("Country", "/countries/BG/", 2.0),
    ("Outbox", "/outbox/", 2.0),
    ("Notices", "/notices/", 2.0),
    ("Materials", "/materials/", 2.0),
    ("Materials, search", "/materials/?q=portfolio", 2.0),
    ("Catalogue", "/catalogue/", 2.0),
    ("Catalogue, search", "/catalogue/?q=portfolio", 2.0),
    ("Reviews", "/reviews/", 2.0),
    ("Outcome of a round", "/reviews/rounds/1/outcome/", 2.0),
    ("Reports of a country", "/countries/BG/reports/", 2.0),
    ("Quality board", "/quality/", 3.0),
    ("Focus groups", "/focus-groups/", 2.0),
    ("Forms", "/forms/", 2.0),
    ("Health", "/health/", 3.0),
    ("Health of a country", "/health/BG/", 3.0),
    ("Months and gaps", "/health/months/", 3.0),
    ("Good practices", "/practices/", 2.0),
    ("Ideas", "/ideas/", 2.0),
    ("Ask the CoP", "/questions/", 2.0),
    ("Repertoire", "/repertoire/", 3.0),
    ("My learning", "/my-learning/", 2.0),
]


@dataclass
class Row:
    """A page's figures."""

    name: str
    p50: float
    p95: float
    rps: float
    p95_busy: float
    cpu: float
    ratio: float
    growth: float
    sql: int
    size: int
    verdict: str = ""


def main() -> int:
    """The outbox and the search first, in processes of their own: each wants its own database."""
    apart = [
        subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False).returncode
        for name in ("outbox", "search")
    ]
    with stack.throwaway():
        return _run() or max(apart)


def _run() -> int:
    from django.core.management import call_command

    from tests.bench import board, data, learned

    call_command("migrate", verbosity=0)
    user = data.base()
    cookie, session = _log_in(user), "{session}"
    data.grow(**SMALL)
    board.grow(SMALL["materials"] // 2)
    learned.grow(user.person, FEW_LEARNED)
    data.settle()
    session = str(_own_session())
    with load.serving() as server:
        small = {
            name: load.measure(
                server, path.format(session=session), cookie, connections=1, requests=REQUESTS // 2
            )
            for name, path, _budget in PAGES
        }
    data.grow(**LARGE)
    board.grow(board.MATERIALS)
    learned.grow(user.person, learned.MANY - FEW_LEARNED)
    data.settle()
    with load.serving() as server:
        _both(server, "/bare/", cookie)
        bare_memory = server.memory_mb()
    rows = []
    with load.serving() as server:
        for name, pattern, budget in PAGES:
            path = pattern.format(session=session)
            # Beside each page, so that what else the machine does at that time meets both.
            bare, bare_busy = _both(server, "/bare/", cookie)
            one, busy = _both(server, path, cookie)
            row = Row(
                name, one.p50, one.p95, busy.rps, busy.p95, one.cpu_ms, one.cpu_ms / bare.cpu_ms,
                one.cpu_ms / small[name].cpu_ms, _queries(user, path), one.size,
            )  # fmt: skip
            row.verdict = _verdict(row, budget, bare_busy.p95)
            rows.append(row)
        memory = server.memory_mb() / bare_memory
    bare_row = Row(
        "Bare page", bare.p50, bare.p95, bare_busy.rps, bare_busy.p95, bare.cpu_ms, 1, 1,
        _queries(user, "/bare/"), bare.size,
    )  # fmt: skip
    text = _table([bare_row, *rows], memory)
    print(text)
    tables.write("pages", text)
    return 1 if any("over" in row.verdict for row in rows) or memory > 2 else 0


def _both(server: load.Server, path: str, cookie: str) -> tuple[load.Load, load.Load]:
    """A page asked from one connection, and from eight."""
    one = load.measure(server, path, cookie, connections=1, requests=REQUESTS)
    return one, load.measure(server, path, cookie, connections=8, requests=REQUESTS)


def _log_in(user: object) -> str:
    from django.test import Client

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _own_session() -> int:
    from sessions.models import CopSession

    own = CopSession.objects.filter(host_cops__country__code="BG").order_by("pk")
    return own.values_list("pk", flat=True)[0]


def _queries(user: object, path: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(path, headers={"host": "127.0.0.1"})
    with CaptureQueriesContext(connection) as found:
        client.get(path, headers={"host": "127.0.0.1"})
    return len([q for q in found if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def _verdict(row: Row, budget: float, bare_p95: float) -> str:
    over = [
        label
        for label, is_over in (
            ("CPU", row.ratio > budget),
            ("p95", row.p95_busy > MAX_P95 * bare_p95),
            ("SQL", row.sql > MAX_SQL),
            ("bytes", row.size > MAX_LIST_BYTES),
            ("growth", row.growth > MAX_GROWTH),
        )
        if is_over
    ]
    return f"over: {', '.join(over)}" if over else f"within {budget:.0f} x"


def _table(rows: list[Row], memory: float) -> str:
    lines = [
        "| page | p50 ms | p95 ms | rps at 8 | p95 ms at 8 | CPU ms | x bare | growth | SQL "
        "| gzip bytes | budget |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        lines.append(
            f"| {r.name} | {r.p50:.1f} | {r.p95:.1f} | {r.rps:.0f} | {r.p95_busy:.1f} "
            f"| {r.cpu:.1f} | {r.ratio:.2f} | {r.growth:.2f} | {r.sql} | {r.size} | {r.verdict} |"
        )
    return "\n".join(
        [*lines, "", f"Worker memory: {memory:.2f} x the bare page's worker (budget 2)."]
    )


if __name__ == "__main__":
    sys.exit(main())
