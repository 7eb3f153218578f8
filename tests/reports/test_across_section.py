"""Countries beside each other in a report: tested, counted again, withheld, and silent for one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from django.utils import translation

from cop_platform.common.reporting.document import Figure, Sign, Table, plain
from cop_platform.common.reporting.sections import CountryKey, Head, Profile, Scope
from experts.enums import Role
from feedback.reviews.domain import rounds
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.report import across
from feedback.validation.domain.report.across_facts import AcrossFacts
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db
SECRET = "My group gave up here."


def rated(*panels: tuple[str, str, int], found: ReviewRound | None = None) -> ReviewRound:
    """A closed round: `n` experts of each country gave this score to C1 and 4 to the rest."""
    manager = make.user(Role.PROJECT_MANAGER)
    found = found or world.review_round(None, by=manager)
    for code, first, n in panels:
        for _number in range(n):
            world.answered(found, make.person(code=code), first)
    return rounds.close_round(round_id=found.pk, by=manager, at=make.NOW + timedelta(days=1))


def scope(*codes: str, profile: Profile = Profile.AGENCY) -> Scope:
    countries = [make.country(code) for code in codes]
    return Scope(
        countries=tuple(CountryKey(c.pk, c.code, c.zone, c.language) for c in countries),
        start="2025-01-01",
        end="2026-12-31",
        after=datetime(2025, 1, 1, tzinfo=UTC),
        until=datetime(2027, 1, 1, tzinfo=UTC),
        profile=profile,
    )


def head(*codes: str) -> Head:
    return Head(Profile.AGENCY, codes, "bg", "2025-01-01", "2026-12-31")


def blocks(facts: AcrossFacts) -> list:
    with translation.override("en"):
        return [b for c in across.SECTION.chapters(facts, head("BG", "EL")) for b in c.blocks]


def tables(facts: AcrossFacts) -> list[Table]:
    return [
        b.table if isinstance(b, Figure) else b
        for b in blocks(facts)
        if isinstance(b, Figure | Table)
    ]


def test_a_country_that_differs_is_marked_and_said_in_whole_numbers():
    rated(("BG", "1", 6), ("EL", "4", 6))

    facts = across.collect(scope("BG", "EL"))
    shown = {table.key.rsplit("-", 1)[0]: table for table in tables(facts)}

    first = shown["across-items"].rows[0]
    assert [plain(cell.text) for cell in first[1:]] == ["0 of 6", "6 of 6", "differs"]
    assert [cell.sign for cell in first[1:]] == [Sign.BAD] * 3
    assert shown["across-items"].rows[1][-1].sign == Sign.NONE
    said = [item for block in blocks(facts) for item in getattr(block, "items", ())]
    assert said[0].startswith(
        "C1: Bulgaria: 0 of 6 relevant; Greece: 6 of 6 (corrected p = 0.002). -100 points"
    )
    assert next(iter(across.SECTION.headline(facts, head("BG", "EL")))).startswith("1 of ")


def test_every_number_is_found_again_in_the_facts():
    rated(("BG", "1", 4), ("EL", "4", 5), ("IT", "2", 3))

    facts = across.collect(scope("BG", "EL", "IT"))
    held = {"sections": {"across": json.loads(msgspec.json.encode(facts))}}
    cells = [c for t in tables(facts) for row in t.rows for c in row if c.source]

    assert len(cells) > 20
    for cell in cells:
        place: object = held
        for step in cell.source.strip("/").split("/"):
            place = place[int(step)] if isinstance(place, list) else place[step]
        found = place.get("value") if isinstance(place, dict) else place
        assert cell.value == found


def test_facts_go_through_json_unharmed():
    rated(("BG", "1", 3), ("EL", "4", 3))

    facts = across.collect(scope("BG", "EL"))

    assert msgspec.json.decode(msgspec.json.encode(facts), type=AcrossFacts) == facts


def test_a_small_panel_is_left_out_and_counted():
    rated(("BG", "1", 2), ("EL", "4", 4), ("IT", "4", 4))

    facts = across.collect(scope("BG", "EL", "IT"))

    assert [panel.country for panel in facts.materials[0].panels] == ["GR", "IT"]
    assert facts.materials[0].left_out == 1
    assert any("fewer than three" in plain(getattr(b, "text", "")) for b in blocks(facts))


def test_what_panels_cannot_show_is_said():
    rated(("BG", "4", 3), ("EL", "4", 3))

    facts = across.collect(scope("BG", "EL"))
    [shown] = [table for table in tables(facts) if table.key == "across-powers"]

    assert [plain(cell.text) for cell in shown.rows[0]] == [facts.materials[0].code, "none"]
    assert any(
        "1 of 1 comparison would miss" in plain(getattr(b, "text", "")) for b in blocks(facts)
    )


@pytest.mark.parametrize("profile", list(Profile))
def test_a_report_about_one_country_compares_nothing(profile):
    rated(("BG", "1", 6), ("EL", "4", 6))

    facts = across.collect(scope("BG", profile=profile))

    assert facts == AcrossFacts(compared=False)
    assert list(across.SECTION.chapters(facts, head("BG"))) == []
    assert list(across.SECTION.gaps(facts, head("BG"))) == []


def test_without_two_panels_the_gaps_say_so():
    rated(("BG", "4", 4))

    facts = across.collect(scope("BG", "EL"))

    assert len(list(across.SECTION.gaps(facts, head("BG", "EL")))) == 1


def test_a_round_that_still_runs_is_not_compared():
    manager = make.user(Role.PROJECT_MANAGER)
    found = world.review_round(None, by=manager)
    for code in ("BG", "EL"):
        for _number in range(3):
            world.answered(found, make.person(code=code), "4")

    assert across.collect(scope("BG", "EL")).materials == ()


def test_verdicts_that_differ_stand_beside_each_other():
    version = world.version()
    world.verdict(version, "BG", standing="validated")
    world.verdict(version, "IT", standing="revise", proposal="revise")

    facts = across.collect(scope("BG", "IT"))
    shown = [table for table in tables(facts) if table.key == "across-verdicts"]

    assert [column.label for column in shown[0].columns[1:]] == ["Bulgaria", "Italy"]
    assert [[cell.sign for cell in row[1:]] for row in shown[0].rows] == [[Sign.GOOD, Sign.BAD]]


def test_verdicts_on_different_versions_are_no_divergence():
    version = world.version()
    edition = make.version(version.material, number=2, language="bg", source=version)
    world.verdict(version, "BG", standing="revise", proposal="revise")
    world.verdict(edition, "IT", standing="validated")

    facts = across.collect(scope("BG", "IT"))

    assert [table.key for table in tables(facts) if table.key == "across-verdicts"] == []


@pytest.mark.parametrize("profile", list(Profile))
def test_nobody_is_named_and_no_comment_is_told(profile):
    found = rated(("BG", "1", 3), ("EL", "4", 3))
    names = [p.name for p in make.person().__class__.objects.all()]

    facts = across.collect(scope("BG", "EL", profile=profile))
    told = msgspec.json.encode(facts).decode() + str(blocks(facts))

    assert found.assignments.exists()
    assert [name for name in names if name in told] == []
    assert SECRET not in told


def test_reading_asks_as_often_for_one_round_as_for_three(django_assert_max_num_queries):
    counts, both = [], scope("BG", "EL")
    for rounds_more in (1, 2):
        for _number in range(rounds_more):
            rated(("BG", "4", 3), ("EL", "4", 3))
        with django_assert_max_num_queries(12) as counted:
            across.collect(both)
        counts.append(len(counted))

    assert counts[0] == counts[1]
