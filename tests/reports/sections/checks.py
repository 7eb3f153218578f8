"""Reads a section as a report would, and holds each of its numbers against the dataset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from cop_platform.common.reporting.document import (
    Bullets,
    Cell,
    Chapter,
    Stats,
    Table,
    tables_of,
)
from cop_platform.common.reporting.sections import Head, Profile, Scope, Section
from feedback.reports.domain.asking import Asked
from feedback.reports.domain.period import Period
from tests import factories as make

LATER = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
HOSTILE = (
    '#read("/etc/passwd")',
    "=1+1",
    "<script>alert(1)</script>",
    "{{ 7*7 }} %s %(n)s {name}",
    "\u202eevil\u202c \u0000 🎉 中文",
    "عنوان الجلسة " + "ي" * 400,
)


def scope(
    *codes: str, profile: Profile = Profile.AGENCY, at: datetime = LATER, period: Period = NOVEMBER
) -> Scope:
    """What a report of a country (or of several) is about."""
    countries = [make.country(code) for code in codes or ("BG",)]
    asked = Asked(
        period=period, profile=profile, country=countries[0] if len(countries) == 1 else None
    )
    return asked.scope(countries, at)


def head(profile: Profile = Profile.AGENCY, *codes: str, period: Period = NOVEMBER) -> Head:
    return Head(
        profile=profile,
        countries=codes or ("BG",),
        country_language="bg",
        start=period.start.isoformat(),
        end=period.end.isoformat(),
    )


def parts(section: Section[Any], facts: Any, profile: Profile = Profile.AGENCY) -> list[Chapter]:
    """Its chapters and annexes."""
    known = head(profile)
    return [*section.chapters(facts, known), *section.annexes(facts, known)]


def table(chapters: Iterable[Chapter], key: str) -> Table:
    return next(found for found in tables_of(chapters) if found.key == key)


def cells(chapters: list[Chapter]) -> list[Cell]:
    return [cell for found in tables_of(chapters) for row in found.rows for cell in row]


def at(section: Section[Any], facts: Any, source: str) -> Any:
    """What stands in the dataset at the place a figure names."""
    held: Any = {"sections": {section.key: msgspec.to_builtins(facts)}}
    for step in source.removeprefix("/").split("/"):
        held = held[step] if isinstance(held, Mapping) else held[int(step)]
    return held


def check_figures(section: Section[Any], facts: Any, profile: Profile = Profile.AGENCY) -> int:
    """Every number says what stands at its source; how many numbers there were."""
    chapters = parts(section, facts, profile)
    # A label that waits for a language is no text yet: it would be said in another one later.
    assert all(isinstance(cell.text, str | tuple) for cell in cells(chapters))
    found = [cell for cell in cells(chapters) if cell.source]
    for cell in found:
        assert cell.value == at(section, facts, cell.source), cell
    for indicator in section.indicators(facts, head(profile)):
        assert at(section, facts, indicator.source) is not None
    for chapter in chapters:
        for stats in (block for block in chapter.blocks if isinstance(block, Stats)):
            for stat in stats.items:
                at(section, facts, stat.source)
    return len(found)


def check_round_trip(section: Section[Any], facts: Any) -> None:
    """The facts go through JSON unharmed."""
    packed = msgspec.json.encode(facts)
    assert msgspec.json.decode(packed, type=section.facts) == facts


def everything(section: Section[Any], facts: Any, profile: Profile = Profile.AGENCY) -> str:
    """All that the section holds or says, as one text to search."""
    known = head(profile)
    said = [
        *section.gaps(facts, known),
        *section.headline(facts, known),
        *section.strengths(facts, known),
        *section.changes(facts, known),
        *section.easy(facts, known),
        *section.recommendations(facts, known),
        *section.sample(facts, known),
        *map(str, section.sheets(facts, known)),
        *map(str, section.indicators(facts, known)),
    ]
    return "\n".join(
        [
            msgspec.json.encode(facts).decode(),
            *map(str, parts(section, facts, profile)),
            *said,
        ]
    )


def bullets(chapters: list[Chapter]) -> list[Any]:
    return [
        item
        for chapter in chapters
        for block in chapter.blocks
        if isinstance(block, Bullets)
        for item in block.items
    ]
