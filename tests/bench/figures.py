"""How long all figures of a large table take: 500 items, 50 experts, some cells missing.

Run by itself: `python -m tests.bench.figures` writes its table into docs/benchmarks.md.
"""

from __future__ import annotations

import os
import random
import sys
import time

import django

from tests.bench import tables

ITEMS, EXPERTS = 500, 50
# Of CPU: nothing is waited for, so the clock on the wall says what else the machine does.
BUDGET = 2.0
# The quickest of so many counts: whatever else the machine does only adds.
REPEATS = 3


def main() -> int:
    """Measures reading the file, all figures and the document; 1 when over the budget."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_platform.settings")
    django.setup()
    cases = [
        ("1 to 4, every cell filled", "1-4", 0.0),
        ("1 to 4, one cell in ten missing", "1-4", 0.1),
        ("1 to 9, one cell in ten missing", "1-9", 0.1),
    ]
    lines = ["| 500 items x 50 experts | wall s | CPU s | budget |", "|---|---|---|---|"]
    slowest = 0.0
    for name, scale, missing in cases:
        wall, cpu = _measure(scale, missing)
        slowest = max(slowest, cpu)
        verdict = "within 2 s" if cpu < BUDGET else "over 2 s"
        lines.append(f"| {name} | {wall:.2f} | {cpu:.2f} | {verdict} |")
    text = "\n".join(lines)
    print(text)
    tables.write("figures", text)
    return int(slowest >= BUDGET)


def _measure(scale: str, missing: float) -> tuple[float, float]:
    from feedback.validation.domain.outcome import figures_document, rating_files
    from feedback.validation.figures import Level, whole

    text = _file(int(scale[-1]), missing)
    runs = []
    for _n in range(REPEATS):
        start, cpu = time.perf_counter(), time.process_time()
        points = rating_files.parse_scale(scale)
        file = rating_files.parse(text, points)
        figures_document.build(file, whole.of(file.table, points, Level.ORDINAL))
        runs.append((time.perf_counter() - start, time.process_time() - cpu))
    return min(runs)


def _file(highest: int, missing: float) -> str:
    """The same file in every run: items differ, and experts scatter around them."""
    chance = random.Random(1)
    lines = []
    for _item in range(ITEMS):
        middle = chance.uniform(1, highest)
        ratings = (round(chance.gauss(middle, 0.8)) for _expert in range(EXPERTS))
        cells = (
            "" if chance.random() < missing else str(max(1, min(highest, rating)))
            for rating in ratings
        )
        lines.append(",".join(cells))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
