"""What the PDF of a report costs: a short one, one of two hundred pages, and its drawings alone.

Run by itself: `python -m tests.bench.report_pdf` writes its table into docs/benchmarks.md.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from dataclasses import dataclass, replace

import django

from tests.bench import tables

# CPU seconds and peak memory in MB, of Python and the typesetter together.
SHORT_CPU, LONG_CPU, LONG_MEMORY = 1.5, 10.0, 700.0
CASES = {"short": SHORT_CPU, "long": LONG_CPU, "pictures": SHORT_CPU}


@dataclass(frozen=True)
class Cost:
    """What one run cost, process and children together."""

    pages: int
    cpu: float
    memory: float
    kilobytes: int


def main() -> int:
    """Each case in a process of its own; 1 when over a budget."""
    if len(sys.argv) > 1:
        print(*vars(_measure(sys.argv[1])).values())
        return 0
    lines = [
        "| report | pages | CPU s | peak MB | kB | budget |",
        "|---|---|---|---|---|---|",
    ]
    over = False
    for name, budget in CASES.items():
        cost = _apart(name)
        fits = cost.cpu <= budget and cost.memory <= LONG_MEMORY
        over = over or not fits
        lines.append(
            f"| {name} | {cost.pages} | {cost.cpu:.2f} | {cost.memory:.0f} | {cost.kilobytes} "
            f"| {'within' if fits else 'over'} {budget:g} s, {LONG_MEMORY:.0f} MB |"
        )
    text = "\n".join(lines)
    print(text)
    tables.write("report-pdf", text)
    return int(over)


def _apart(name: str) -> Cost:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.report_pdf", name],
        capture_output=True,
        check=True,
        text=True,
    )
    pages, cpu, memory, kilobytes = ended.stdout.split()[-4:]
    return Cost(int(pages), float(cpu), float(memory), int(kilobytes))


def _measure(name: str) -> Cost:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_platform.settings")
    django.setup()
    import pypdfium2

    from feedback.reports.domain.writers import pdf, pictures
    from tests.reports import documents

    before = _cpu()
    if name == "pictures":
        drawn = pictures.png(documents.DRAWINGS, right_to_left=False, language="en")
        return Cost(len(drawn), _cpu() - before, _memory(), sum(map(len, drawn)) // 1000)
    document = documents.sample(tables=1)
    if name == "long":
        chapter = documents.sample(tables=10).chapters[0]
        document = replace(document, chapters=(chapter,) * 20)
    content = pdf.write(document, attached={"dataset.json": b"{}"})
    cost = Cost(0, _cpu() - before, _memory(), len(content) // 1000)
    with pypdfium2.PdfDocument(content) as read:
        return replace(cost, pages=len(read))


def _cpu() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _memory() -> float:
    """The largest of the typesetter beside the largest of this process, in MB."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(who).ru_maxrss for who in whose) / 1024


if __name__ == "__main__":
    sys.exit(main())
