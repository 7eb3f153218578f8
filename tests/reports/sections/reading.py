"""Sections as a test reads them: facts of a country, and every cell traced to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from cop_platform.common.reporting.document import (
    Bullets,
    Chapter,
    Figure,
    Heading,
    Note,
    Paragraph,
    Stats,
    Table,
    plain,
    tables_of,
)
from cop_platform.common.reporting.sections import CountryKey, Head, Profile, Scope, Section
from feedback.reviews.models import Assignment, Rating, ReviewRound
from tests import factories as make
from tests.feedback import world

NOT_APPLICABLE = 0
AFTER = datetime(2025, 12, 31, 22, 0, tzinfo=UTC)
UNTIL = datetime(2026, 12, 31, 22, 0, tzinfo=UTC)


def scope(*codes: str, profile: Profile = Profile.AGENCY, **more: Any) -> Scope:
    """The year 2026 in these countries; Bulgaria without any."""
    countries = [make.country(code) for code in codes or ("BG",)]
    values: dict[str, Any] = {
        "countries": tuple(CountryKey(c.pk, c.code, c.zone, c.language) for c in countries),
        "start": "2026-01-01",
        "end": "2026-12-31",
        "after": AFTER,
        "until": UNTIL,
        "profile": profile,
    }
    return Scope(**values | more)


def head(asked: Scope) -> Head:
    return Head(
        profile=asked.profile,
        countries=tuple(country.code for country in asked.countries),
        country_language="bg",
        start=asked.start,
        end=asked.end,
    )


def chapters(section: Section[Any], facts: Any, asked: Scope) -> list[Chapter]:
    """Chapters and annexes of a section."""
    top = head(asked)
    return [*section.chapters(facts, top), *section.annexes(facts, top)]


def rows(found: Table) -> list[list[str]]:
    return [[plain(cell.text) for cell in row] for row in found.rows]


def text(parts: Iterable[Chapter]) -> str:
    """Everything a reader can read."""
    return "\n".join(piece for part in parts for piece in _pieces(part))


def _pieces(part: Chapter) -> Iterator[str]:
    yield part.title
    for block in part.blocks:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Paragraph | Note):
            yield plain(block.text)
        elif isinstance(block, Bullets):
            yield from (plain(item) for item in block.items)
        elif isinstance(block, Stats):
            yield from (f"{item.value} {item.label}" for item in block.items)
        elif isinstance(block, Figure):
            yield block.caption
            yield block.alt
            yield from (plain(cell.text) for row in block.table.rows for cell in row)
        elif isinstance(block, Table):
            yield block.caption
            yield block.note
            yield from (plain(cell.text) for row in block.rows for cell in row)


def traced(section: Section[Any], facts: Any, asked: Scope) -> int:
    """Proves that every cell's value stands where the cell says; how many cells have one."""
    dataset = {"sections": {section.key: msgspec.json.decode(msgspec.json.encode(facts))}}
    count = 0
    for found in tables_of(chapters(section, facts, asked)):
        assert all(len(row) == len(found.columns) for row in found.rows), found.key
        for cell in (cell for row in found.rows for cell in row):
            if cell.source:
                held = _at(dataset, cell.source)
                if cell.value is not None:
                    assert held == cell.value, (found.key, cell)
                    count += 1
            else:
                assert cell.value is None, (found.key, cell)
    return count


def _at(dataset: Any, source: str) -> Any:
    held = dataset
    for step in source.strip("/").split("/"):
        held = held[int(step)] if isinstance(held, list) else held[step]
    return held


def round_trip(section: Section[Any], facts: Any) -> Any:
    """The facts as they come back out of their JSON."""
    return msgspec.json.decode(msgspec.json.encode(facts), type=section.facts)


def rated(columns: Iterable[Iterable[int | None]], code: str = "BG", **more: Any) -> ReviewRound:
    """A round with as many criteria as each expert has ratings: one list an expert.

    None is no answer, 0 "not applicable". The reviews are in, the round stays open.
    """
    experts = [list(column) for column in columns]
    rubric = more.pop("rubric", None) or world.rubric(
        f"Scale {next(_numbers)}", *["relevance"] * len(experts[0])
    )
    found = world.review_round(code, rubric=rubric, **more)
    answered(found, experts, code)
    return found


def answered(found: ReviewRound, experts: list[list[int | None]], code: str) -> None:
    criteria = list(found.rubric.criteria.order_by("position"))
    for ratings in experts:
        assignment = world.assigned(found, make.person(code=code))
        Rating.objects.bulk_create(
            Rating(
                assignment=assignment,
                criterion=criterion,
                wording=criterion.text,
                score=None if score == NOT_APPLICABLE else score,
                not_applicable=score == NOT_APPLICABLE,
                na_reason="Not for us." if score == NOT_APPLICABLE else "",
                comment="Too long." if score < 3 else "",
            )
            for criterion, score in zip(criteria, ratings, strict=True)
            if score is not None
        )
        Assignment.objects.filter(pk=assignment.pk).update(submitted_on=make.NOW.date())


_numbers = iter(range(1, 1_000_000))
