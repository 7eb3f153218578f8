"""Measures saving at the review desk: `python -m tests.bench.desk`.

Fifty reviewers of one round write at once. Each window saves as the desk does while somebody types,
every three seconds, in turn a remark and the draft, to two workers; fifty remarks are there each.
"""

from __future__ import annotations

import http.client
import sys
import threading
import time
import uuid
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from tests.bench import load, stack, tables

REVIEWERS, REMARKS = 50, 50
EVERY, ROUNDS = 3.0, 6
BUDGET_MS = 100


@dataclass(frozen=True)
class Reviewer:
    """One window: the addresses it saves to and what it is let in by."""

    path: str
    cookie: str
    token: str
    criterion: int


def main() -> int:
    with stack.throwaway():
        reviewers = _world()
        with load.serving() as server:
            times = _write(server.port, reviewers)
    text = table(times)
    print(text)
    tables.write("desk", text)
    return 0 if quantiles(times, n=20)[-1] < BUDGET_MS else 1


def table(times: list[float]) -> str:
    """The figures, in milliseconds, as they stand in docs/benchmarks.md."""
    p95 = quantiles(times, n=20)[-1]
    verdict = "" if p95 < BUDGET_MS else " (over)"
    return (
        "| what | found | budget |\n|---|---|---|\n"
        f"| answers to {len(times)} savings, median | {median(times):.0f} ms |  |\n"
        f"| 95th percentile | {p95:.0f} ms | under {BUDGET_MS} ms{verdict} |"
    )


def _world() -> list[Reviewer]:
    from django.core.management import call_command
    from django.test import Client

    from experts.enums import Role
    from feedback.reviews.models import Annotation
    from tests import factories as make
    from tests.bench import data
    from tests.feedback import world
    from tests.materials import drawings

    call_command("migrate", verbosity=0)
    data.base()
    version = world.version()
    drawings.ready(version, *["Words of a page. " * 150] * 20, pdf=drawings.stored(b"%PDF-1.7"))
    found = world.review_round(None, by=make.user(Role.PROJECT_MANAGER), version=version)
    reviewers, remarks = [], []
    for _number in range(REVIEWERS):
        person = make.person()
        assignment = world.assigned(found, person)
        remarks += [
            Annotation(
                assignment=assignment, client_key=uuid.uuid4(), version=version, kind="slide",
                mark="idea", page=1, text="Something to say about this page.",
            )
            for _n in range(REMARKS)
        ]  # fmt: skip
        client = Client()
        client.force_login(
            person.user, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        token = uuid.uuid4().hex
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        reviewers.append(
            Reviewer(
                assignment.get_absolute_url(), f"{cookie}; csrftoken={token}", token,
                found.rubric.criteria.earliest("position").pk,
            )
        )  # fmt: skip
    Annotation.objects.bulk_create(remarks)
    return reviewers


def _write(port: int, reviewers: list[Reviewer]) -> list[float]:
    times: list[float] = []

    def window(place: int, reviewer: Reviewer) -> None:
        time.sleep(EVERY * place / REVIEWERS)
        key = str(uuid.uuid4())
        for turn in range(ROUNDS):
            begin = time.perf_counter()
            _save(port, reviewer, key, turn)
            times.append(1000 * (time.perf_counter() - begin))
            time.sleep(max(0.0, EVERY - (time.perf_counter() - begin)))

    threads = [
        threading.Thread(target=window, args=(place, reviewer))
        for place, reviewer in enumerate(reviewers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(times) == REVIEWERS * ROUNDS, "some savings were not answered"
    return times


def _save(port: int, reviewer: Reviewer, key: str, turn: int) -> None:
    typed = "What somebody types, word by word. " * (turn + 1)
    if turn % 2:
        fields: dict[str, Any] = {f"c{reviewer.criterion}-comment": typed, "writer": key}
        path = f"{reviewer.path}draft/"
    else:
        fields = {"client_key": key, "kind": "text", "mark": "should", "page": 3, "text": typed}
        fields |= {"quote": "Words of a page.", "boxes": "[[0.1, 0.2, 0.3, 0.02]]"}
        fields |= {"revision": turn // 2}
        path = f"{reviewer.path}annotations/"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    body = urlencode(fields | {"csrfmiddlewaretoken": reviewer.token})
    headers = {"Cookie": reviewer.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    assert answer.status == 200, f"{path} answered {answer.status}: {said[:200]!r}"


if __name__ == "__main__":
    sys.exit(main())
