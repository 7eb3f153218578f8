"""Releases whose dataset holds one section of tests, told by the sample document."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import pytest

from cop_platform.common.reporting import sections
from cop_platform.common.reporting.document import Chapter
from cop_platform.common.reporting.sections import Part, Profile, Section
from experts.enums import Role
from feedback.reports.domain import facts
from feedback.reports.domain.facts import CountryFacts, Dataset
from feedback.reports.enums import Step
from feedback.reports.models import ReleaseStep, Report
from tests import factories as make
from tests.reports.documents import sample


@dataclass(frozen=True)
class Item:
    """A row of the section."""

    code: str
    i_cvi: float | None
    said: str = ""


@dataclass(frozen=True)
class Rated:
    """Its facts; `ratings` are what the sample's tables point to."""

    title: str
    items: tuple[Item, ...]


def section(chapters: tuple[Chapter, ...]) -> Section:
    return Section(
        key="ratings",
        order=10,
        part=Part.CHAPTER,
        title=lambda: "Ratings",
        facts=Rated,
        collect=lambda scope: Rated("", ()),
        chapters=lambda found, head: chapters,
    )


def registered(
    monkeypatch: pytest.MonkeyPatch, chapters: tuple[Chapter, ...] | None = None
) -> None:
    """One section alone, with the sample's chapters where none are given."""
    monkeypatch.setattr(sections, "_registered", {})
    sections.register(section(sample().chapters if chapters is None else chapters))


def dataset(*, said: str = "Plain words", rows: int = 3) -> Dataset:
    items = tuple(Item(f"C{n}", 0.83, said) for n in range(rows))
    return Dataset(
        project="Portfolios",
        acronym="PORT",
        name="",
        countries=(CountryFacts("BG", "BG", "Europe/Sofia", "bg", "CoP Bulgaria", "2025-09-01"),),
        partners=(),
        start="2026-01-01",
        end="2026-12-31",
        profile=Profile.PUBLIC,
        newest_row="2026-11-20",
        funding=None,
        plan=(),
        sections={"ratings": Rated("Ratings", items)},
    )


def release(found: Dataset | None = None, *steps: Step, number: int = 1) -> Report:
    """A stored release of a dataset with these steps behind it."""
    content = facts.to_json(found or dataset())
    report = Report.objects.create(
        country=make.country("BG"),
        number=number,
        period_start=date(2026, 1, 1),
        period_end=date(2026, 12, 31),
        profile=Profile.PUBLIC.value,
        template_version="3",
        dataset_sha256=facts.sha256(content),
        dataset=json.loads(content),
        compiled_at=make.NOW,
    )
    for step in steps:
        reason = "A table was wrong." if step == Step.WITHDRAWN else ""
        by = make.person(Role.PARTNER, "BG")
        ReleaseStep.objects.create(report=report, step=step, by=by, at=make.NOW, reason=reason)
    return report
