"""A whole report out of all sections: its first and last pages, and every number in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cop_platform.common.reporting import sections
from cop_platform.common.reporting.document import (
    Bullets,
    Heading,
    Paragraph,
    Sign,
    Stats,
    plain,
)
from cop_platform.common.reporting.sections import Profile
from experts.enums import Profession, Role
from experts.models import Charter, Expert
from feedback.reports.domain import facts
from feedback.reports.domain.assembly import document, plan
from feedback.reports.domain.edition import Edition
from feedback.reports.domain.facts import CountryFacts, Dataset, FundingFacts, Target
from feedback.reviews.models import ReviewRound
from sessions.enums import Kind
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking
from tests.reports.sections import checks

pytestmark = pytest.mark.django_db

EDITION = Edition("BG", 3, "en", "https://cop.example/verify/")


def read(profile=Profile.AGENCY, **more) -> Dataset:
    """What a report of Bulgaria's November holds, as `collect` reads it."""
    scope = checks.scope(profile=profile)
    parts = sections.registered()
    found = {part.key: part.collect(scope) for part in parts}
    values = {
        "project": "Portfolios for newcomers",
        "acronym": "PORT",
        "name": "",
        "countries": (
            CountryFacts("BG", "BG", "Europe/Sofia", "bg", "CoP Bulgaria", "2025-09-01"),
        ),
        "partners": (),
        "start": scope.start,
        "end": scope.end,
        "profile": profile,
        "newest_row": max([scope.start, *[p.newest(found[p.key]) for p in parts]]),
        "funding": None,
        "plan": (),
        "sections": found,
    }
    return Dataset(**values | more)


def populate():
    """A charter, sessions, a closed round of six and what came of its comments."""
    version = world.version()
    owner = asking.owner_of(version)
    Charter.objects.create(
        cop=make.cop(make.country()),
        domain="Portfolios",
        purpose="Help.",
        adopted_on=date(2025, 9, 1),
    )
    make.cop_session("BG", kind=Kind.FEEDBACK, title="Reading together")
    people = [make.person(name=f"Zoe Secret{n}") for n in range(6)]
    Expert.objects.bulk_create(
        Expert(person=person, profession=Profession.CASE_WORKER, years=4) for person in people
    )
    found = world.review_round(version=version)
    for n, person in enumerate(people):
        world.answered(found, person, "2", "4" if n else "1", comment=f"Part {n} is too long.")
    ReviewRound.objects.filter(pk=found.pk).update(closed_at=make.NOW)
    comments = [r for r in asking.comments(found) if r.criterion.code == "C1"]
    manager = make.user(Role.PROJECT_MANAGER)
    for rating in comments[:2]:
        asking.decided(asking.raised(rating, manager), owner, public_asked="Shorten part one.")
    return people


def keys(chapters):
    return [chapter.key for chapter in chapters]


def chapter(made, key):
    return next(found for found in made.all_chapters() if found.key == key)


@pytest.mark.parametrize("profile", Profile)
def test_every_number_of_the_report_stands_in_its_dataset(profile):
    populate()
    dataset = read(profile)

    made = document(dataset, EDITION)

    cells = [c for table in made.tables() for row in table.rows for c in row if c.source]
    whole = json.loads(facts.to_json(dataset))
    counted = 0
    for cell in cells:
        found: Any = whole
        for step in cell.source.removeprefix("/").split("/"):
            found = found[step] if isinstance(found, Mapping) else found[int(step)]
        if cell.value is not None and isinstance(found, int | float):
            assert found == pytest.approx(cell.value), cell
            counted += 1
    assert counted > 60


def test_chapters_and_annexes_stand_in_order():
    populate()

    made = document(read(), EDITION)

    wanted = [
        "summary",
        "easy",
        "context",
        "charter",
        "sessions",
        "materials",
        "method",
        "panel",
        "themes",
        "improvements",
        "limits",
        "outlook",
    ]
    assert [key for key in keys(made.chapters) if key in wanted] == wanted
    annexes = keys(made.annexes)
    wanted_annexes = [
        "invitation",
        "session_records",
        "contributions",
        "change_ledger",
        "glossary",
        "manifest",
    ]
    assert [key for key in annexes if key in wanted_annexes] == wanted_annexes
    assert len(annexes) == len(set(annexes))


def test_the_summary_is_short_enough_for_a_page():
    populate()

    summary = chapter(document(read(), EDITION), "summary")

    stats = next(block for block in summary.blocks if isinstance(block, Stats))
    lists = [block.items for block in summary.blocks if isinstance(block, Bullets)]
    assert 3 <= len(stats.items) <= 5
    assert len(lists[0]) <= 6
    assert all(len(items) <= 3 for items in lists[1:])
    assert len({stat.source.split("/")[2] for stat in stats.items}) == len(stats.items)
    headings = [block.text for block in summary.blocks if isinstance(block, Heading)]
    assert headings == ["What is good", "What was changed"]


def test_easy_words_are_short_sentences():
    populate()

    easy = chapter(document(read(), EDITION), "easy")

    said = [plain(block.text) for block in easy.blocks if isinstance(block, Paragraph)]
    assert 6 <= len(said) <= 17
    assert [text for text in said if len(text.split()) > 15] == []


def test_a_report_of_nothing_reads_well():
    dataset = read()

    made = document(dataset, EDITION)

    assert keys(made.chapters)[:3] == ["summary", "easy", "context"]
    assert keys(made.chapters)[-2:] == ["limits", "outlook"]
    assert all(found.blocks for found in made.all_chapters())
    limits = [plain(item) for item in checks.bullets([chapter(made, "limits")])]
    assert "No session took place in this period." in limits
    assert len(limits) == len(set(limits))


def test_a_report_without_any_section_reads_well():
    made = document(read(sections={}, countries=()), EDITION)

    said = [plain(b.text) for b in chapter(made, "summary").blocks if isinstance(b, Paragraph)]
    assert said[0] == "Nothing is known yet that this report could sum up."
    assert all(found.blocks for found in made.all_chapters())


@pytest.mark.parametrize(
    ("planned", "sign"), [(None, Sign.OPEN), (1, Sign.GOOD), (2, Sign.BAD), (0, Sign.GOOD)]
)
def test_what_was_planned_is_held_against_what_was_reached(planned, sign):
    make.cop_session("BG")
    targets = () if planned is None else (Target("sessions", "BG", planned),)

    dataset = read(plan=targets)

    row = next(row for row in plan.held(dataset) if row.indicator.key == "sessions")
    assert (row.planned, row.indicator.reached, row.sign) == (planned, 1, sign)
    assert plan.missed(dataset) == (["Sessions: 1 of 2 planned."] if sign == Sign.BAD else [])


def test_missed_numbers_stand_among_the_limits():
    made = document(read(plan=(Target("sessions", "", 12),)), EDITION)

    assert "Sessions: 0 of 12 planned." in checks.bullets([chapter(made, "limits")])


def test_the_plan_of_several_countries_is_their_sum():
    dataset = read(plan=(Target("sessions", "BG", 3), Target("sessions", "IT", 4)))

    assert plan.planned(dataset, "sessions") == 7
    assert plan.planned(dataset, "focus_groups") is None


def test_the_licence_lasts():
    funding = FundingFacts("2023-1", "Agency", "WP3", "CC BY 4.0")

    made = document(read(funding=funding), EDITION)

    assert "Others may use this report under its licence: CC BY 4.0." in checks.bullets(
        [chapter(made, "outlook")]
    )


@pytest.mark.parametrize("profile", Profile)
def test_nobody_is_named_in_the_whole_report(profile):
    people = populate()
    dataset = read(profile)

    whole = facts.to_json(dataset).decode() + str(document(dataset, EDITION))

    assert "Zoe" not in whole
    assert [person.email for person in people if person.email in whole] == []


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_dataset_read_again_gives_the_same_document(language):
    populate()
    dataset = read()
    edition = replace(EDITION, language=language)

    again = facts.from_json(facts.to_json(dataset))

    assert again == dataset
    assert document(again, edition) == document(dataset, edition)
