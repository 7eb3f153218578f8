"""Datasets and editions without a database, as the process beside us reads them."""

from __future__ import annotations

from dataclasses import replace

from cop_platform.common.reporting.sections import Profile
from feedback.reports.domain.edition import Edition
from feedback.reports.domain.facts import CountryFacts, Dataset, PartnerFacts, Target

BULGARIA = CountryFacts("BG", "BG", "Europe/Sofia", "bg", "CoP Bulgaria", "2025-09-01")


def dataset(**more: object) -> Dataset:
    """A country with a partner and nothing to report: no section, so every file is small."""
    plain = Dataset(
        project="Portfolios for newcomers",
        acronym="PORT",
        name="",
        countries=(BULGARIA,),
        partners=(PartnerFacts("Open Door Training", "BG", leads=True),),
        start="2026-01-01",
        end="2026-12-31",
        profile=Profile.AGENCY,
        newest_row="2026-11-20",
        funding=None,
        plan=(Target("sessions", "BG", 12),),
        sections={},
    )
    return replace(plain, **more)


def edition(number: int = 1, language: str = "en") -> Edition:
    return Edition("BG", number, language, "https://cop.example/verify/")
