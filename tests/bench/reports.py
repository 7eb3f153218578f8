"""What a report costs in all four formats: the demo's country, and one of two hundred pages.

Run by itself beside a demo: `STATE_DIR=... python -m tests.bench.reports` reads the newest dataset
of a country there and writes its table into docs/benchmarks.md.
"""

from __future__ import annotations

import os
import resource
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import django

from tests.bench import tables

# CPU seconds of all four formats, children included, and peak memory in MB.
COUNTRY_CPU, LONG_CPU, LONG_MEMORY = 5.0, 25.0, 700.0
LONG_PAGES, LONG_TURNS, GROWTH = 200, 7, 5.0
IN_A_ROW = int(os.environ.get("BENCH_REPORTS", "50"))


@dataclass(frozen=True)
class Cost:
    """What one release cost: pages of the PDF, CPU, and the largest process it started."""

    pages: int
    cpu: float
    memory: float
    kilobytes: int


def main() -> int:
    """Builds the country's report, a long one, and the country's again and again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_platform.settings")
    django.setup()
    from feedback.reports.domain import facts
    from feedback.reports.models import Report

    report = Report.objects.exclude(country=None).filter(profile="agency").latest("compiled_at")
    dataset = facts.from_json(Path(report.files.get(format="json").file.path).read_bytes())
    country, long = _build(dataset), _build(_longer(dataset))
    before = _memory(resource.RUSAGE_SELF)
    row = [_build(dataset).cpu for _ in range(IN_A_ROW)]
    grown = _memory(resource.RUSAGE_SELF) - before
    lines = [
        "| report | pages | CPU s | peak MB | kB | budget |",
        "|---|---|---|---|---|---|",
        _line("a country's", country, COUNTRY_CPU),
        _line("a long one", long, LONG_CPU),
        f"| a country's {IN_A_ROW} times in a row, each | {country.pages} "
        f"| {sum(row) / len(row):.2f} | +{grown:.1f} | {country.kilobytes} "
        f"| {_said(grown <= GROWTH)} {GROWTH:g} MB more in all |",
    ]
    text = "\n".join(lines)
    print(text)
    tables.write("reports", text)
    fits = country.cpu <= COUNTRY_CPU and long.cpu <= LONG_CPU and long.memory <= LONG_MEMORY
    return int(not (fits and long.pages >= LONG_PAGES and grown <= GROWTH))


def _longer(dataset: object) -> object:
    """The same with its rounds of ratings over and over, each of another material."""
    ratings = dataset.sections["ratings"]
    rounds = [
        replace(each, code=f"{each.code}x{turn}", round_id=each.round_id + 10_000 * turn)
        for turn in range(LONG_TURNS)
        for each in ratings.rounds
    ]
    return replace(
        dataset, sections={**dataset.sections, "ratings": replace(ratings, rounds=tuple(rounds))}
    )


def _build(dataset: object) -> Cost:
    import pypdfium2

    from feedback.reports.domain import building
    from feedback.reports.domain.edition import Edition
    from feedback.reports.enums import FileFormat

    before = _cpu()
    with building.built(dataset, Edition("BG", 1, "en", "https://cop.example/verify/")) as files:
        sizes = sum(path.stat().st_size for path in files.values())
        with pypdfium2.PdfDocument(files[FileFormat.PDF]) as pdf:
            pages = len(pdf)
    return Cost(pages, _cpu() - before, _memory(resource.RUSAGE_CHILDREN), sizes // 1000)


def _cpu() -> float:
    """Of this process and of all children that ended, and of theirs."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _memory(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def _line(name: str, cost: Cost, budget: float) -> str:
    fits = cost.cpu <= budget and cost.memory <= LONG_MEMORY
    return (
        f"| {name} | {cost.pages} | {cost.cpu:.2f} | {cost.memory:.0f} | {cost.kilobytes} "
        f"| {_said(fits)} {budget:g} s, {LONG_MEMORY:.0f} MB |"
    )


def _said(fits: bool) -> str:
    return "within" if fits else "over"


if __name__ == "__main__":
    sys.exit(main())
