"""Measures the fair-time finder and the conflict check: `python -m tests.bench.finder`.

Five countries of forty experts, four weeks, 20,000 sessions in a throw-away database. The finder is
no list, so it is not measured against a bare page: its budget is one second.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from statistics import median

from tests.bench import stack

RUNS = 7
BUDGET_MS = 1000


def main() -> int:
    with stack.throwaway():
        return _run()


def _run() -> int:
    from django.core.management import call_command
    from django.utils import timezone

    from experts.models import Country
    from sessions.domain import conflicts, fair_data
    from sessions.domain.fair_times import Search
    from tests.bench import data

    call_command("migrate", verbosity=0)
    user = data.base()
    data.grow(sessions=20_000, people=300, reviews=0)
    now = timezone.now()
    five = list(Country.objects.order_by("code")[:5])
    search = Search(
        now.date() - timedelta(days=10), 4, "Europe/Sofia", 90, now - timedelta(days=20)
    )
    wish = fair_data.Wish(five, search)
    user.access.is_member  # noqa: B018  read once per request
    found = fair_data.find(wish, by=user)
    people = [guest.key for guest in fair_data.load(wish, by=user).guests]
    clash = {"starts_at": now, "ends_at": now + timedelta(hours=2), "people": people, "by": user}
    finder = _measure(lambda: fair_data.find(wish, by=user))
    check = _measure(lambda: conflicts.of(**clash))
    print(
        f"Fair-time finder: {found.guests} experts, {found.looked_at} times: "
        f"{finder:.0f} ms (budget {BUDGET_MS}); conflict check: {check:.1f} ms"
    )
    return 1 if finder > BUDGET_MS else 0


def _measure(work: object) -> float:
    taken = []
    for _run_of in range(RUNS):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    return median(taken)


if __name__ == "__main__":
    sys.exit(main())
