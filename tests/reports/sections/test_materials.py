"""The materials of a report: which versions, and what was said of each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cop_platform.common.reporting.document import Sign, Span
from cop_platform.common.reporting.sections import Profile
from feedback.validation.domain.report.materials import SECTION, collect
from feedback.validation.models import Verdict
from tests import factories as make
from tests.feedback import world
from tests.reports.sections import checks, reading
from tests.reports.sections.reading import scope

pytestmark = pytest.mark.django_db


def listed(asked=None):
    return [(row.code, row.version) for row in collect(asked or scope()).versions]


def shown(asked):
    return reading.chapters(SECTION, collect(asked), asked)


def verdict_cell(asked):
    return checks.table(shown(asked), "materials").rows[0][-1]


def test_versions_that_were_asked_about_and_the_newest_of_the_others():
    asked_about = make.material("BG", code="M01")
    old = make.version(asked_about)
    make.version(asked_about)
    left = make.material("BG", code="M02")
    make.version(left)
    make.version(left)
    found = world.review_round(version=old)
    world.assigned(found, make.person())

    assert listed() == [("M01", 1), ("M02", 2)]


def test_only_materials_of_the_scope():
    kept, _other = make.version(), make.version()

    assert listed(scope(materials=frozenset({kept.material_id}))) == [(kept.material.code, 1)]


def test_what_came_after_the_period_is_not_listed():
    make.version(uploaded_at=reading.UNTIL + timedelta(seconds=1))

    assert listed() == []


def test_the_public_edition_names_no_unreleased_material_of_another_country():
    make.version(make.material("IT", code="M01"))
    world.released(make.version(make.material("IT", code="M02")))
    make.version(make.material("BG", code="M03"))

    assert listed(scope(profile=Profile.PUBLIC)) == [("M02", 1), ("M03", 1)]
    assert listed() == [("M01", 1), ("M02", 1), ("M03", 1)]


def test_the_hash_is_printed_as_code_and_whole():
    found = make.version()

    (row,) = checks.table(shown(scope()), "fingerprints").rows

    assert row[2].text == (Span(found.sha256, code=True),)


def test_editions_stand_by_language_and_name_their_source():
    material = make.material(code="M01")
    source = make.version(material)
    edition = make.version(material, language="bg", source=source)
    for version in (source, edition):
        world.assigned(world.review_round(version=version), make.person())

    rows = reading.rows(checks.table(shown(scope()), "materials"))

    assert [row[3] for row in rows] == ["Bulgarian, of version 1", "English"]


def test_reviews_asked_and_sent_are_counted_without_those_declined():
    found = reading.rated([[4], [3], [2]])
    world.assigned(found, make.person())
    refused = make.person()
    world.declined(world.assigned(found, refused), refused)

    (row,) = collect(scope()).versions

    assert (row.asked, row.submitted) == (4, 3)


@pytest.mark.parametrize(
    ("standing", "change", "sign", "says"),
    [
        ("validated", {}, Sign.GOOD, "Validated"),
        ("changes", {}, Sign.GOOD, "Validated with changes"),
        ("revise", {}, Sign.BAD, "Revise and rate again"),
        ("evidence", {}, Sign.OPEN, "Not enough evidence"),
        ("validated", {"valid_until": "2026-12-01"}, Sign.OPEN, "Validated, expired"),
        (
            "validated",
            {"withdrawn_at": make.NOW, "withdrawal_reason": "Wrong file."},
            Sign.BAD,
            "Validated, withdrawn",
        ),
        ("validated", {"superseded_at": make.NOW}, Sign.OPEN, "No verdict"),
    ],
)
def test_the_verdict_with_its_sign(standing, change, sign, says):
    found = make.version()
    world.assigned(world.review_round(version=found), make.person())
    world.verdict(found, standing=standing, round=found.review_rounds.get(), **change)

    cell = verdict_cell(scope())

    assert (cell.text, cell.sign) == (says, sign)


def test_a_verdict_that_waits_is_for_the_agency_alone():
    found = make.version()
    world.verdict(found, final_at=None, valid_until=None)

    assert verdict_cell(scope()).text == "Validated, waits for a second signature"
    assert verdict_cell(scope(profile=Profile.PUBLIC)).text == "No verdict"


def test_a_verdict_stands_as_it_did_when_the_period_ended():
    found = make.version()
    world.verdict(found, withdrawn_at=reading.UNTIL + timedelta(days=1), withdrawal_reason="Old.")

    assert verdict_cell(scope()).text == "Validated"


def test_whoever_confirmed_is_a_role():
    found = make.version()
    signer = make.person("coordinator", "BG", name="Secret Name")
    world.verdict(found, confirmed_by=signer)

    asked = scope()
    (row,) = reading.rows(checks.table(shown(asked), "verdicts"))

    assert row[1:3] + row[5:] == ["Bulgaria", "Validated", "Coordinator", "–"]
    assert "Secret" not in reading.text(shown(asked))


def test_planned_numbers_are_counted_by_material():
    good, bad = (reading.rated([[4], [3], [4]]) for _n in range(2))
    make.version()
    world.verdict(good.version, round=good)
    world.verdict(bad.version, round=bad, standing="not")
    asked = scope()
    facts = collect(asked)
    top = reading.head(asked)

    reached = {one.key: one.reached for one in SECTION.indicators(facts, top)}

    assert reached == {"materials_asked": 2, "materials_validated": 1}
    assert next(iter(SECTION.headline(facts, top))).startswith("1 of 2 materials")
    assert any("was not put before the panel" in gap for gap in SECTION.gaps(facts, top))


def test_in_several_countries_each_verdict_counts():
    found = make.version()
    world.verdict(found, "BG")
    world.verdict(found, "IT", standing="revise")

    assert verdict_cell(scope("BG", "IT")).text == "validated in 1 of 2 countries"
    assert verdict_cell(scope("IT")).text == "Revise and rate again"
    world.verdict(found, None)
    cell = verdict_cell(scope("BG", "IT"))
    assert (cell.text, cell.sign) == ("Validated; validated in 1 of 2 countries", Sign.GOOD)
    assert verdict_cell(scope("IT")).text == "Revise and rate again"


@pytest.mark.parametrize("profile", list(Profile))
def test_every_cell_says_what_stands_in_the_dataset(profile):
    world.verdict(make.version(pages=12))
    make.version(make.material(title='#read("/etc/passwd") <b> 😀 %s'), pages=None, seconds=90)
    asked = scope(profile=profile)
    facts = collect(asked)

    assert reading.traced(SECTION, facts, asked) >= 9
    assert reading.round_trip(SECTION, facts) == facts
    assert '#read("/etc/passwd") <b> 😀 %s' in reading.text(shown(asked))


def test_no_material_at_all():
    facts = collect(scope())
    top = reading.head(scope())

    assert list(SECTION.chapters(facts, top)) == []
    assert list(SECTION.gaps(facts, top)) == ["There is no material yet."]


def judged():
    found = reading.rated([[4], [3], [4]])
    world.verdict(found.version, round=found)


def test_one_material_and_three_ask_the_same_number_of_queries(django_assert_num_queries):
    asked = scope()
    judged()
    with django_assert_num_queries(5):
        collect(asked)
    for _n in range(2):
        judged()

    assert Verdict.objects.count() == 3
    with django_assert_num_queries(5):
        collect(asked)
