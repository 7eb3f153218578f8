"""The panel: counted as it stood at the period's end, small groups merged, nobody named."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from cop_platform.common.reporting.document import Figure
from cop_platform.common.reporting.sections import Profile
from experts.enums import Profession
from experts.models import Expert
from feedback.reviews.domain.report.panel import SECTION, collect
from feedback.reviews.models import Assignment, ConflictOfInterest
from tests import factories as make
from tests.feedback import world
from tests.reports.sections import checks, reading
from tests.reports.sections.reading import scope

pytestmark = pytest.mark.django_db


def panel(*trades):
    """A round that experts of these professions have answered."""
    found = world.review_round()
    for trade in trades:
        person = make.person(name="Secret Name", languages=["bg"])
        Expert.objects.create(person=person, profession=trade, years=4, groups=["women"])
        world.assigned(found, person)
    Assignment.objects.filter(round=found).update(submitted_on=make.NOW.date())
    return found


def asked(found, **days):
    """One more expert, whose task came so far."""
    assignment = world.assigned(found, make.person())
    Assignment.objects.filter(pk=assignment.pk).update(**days)


def cells(facts, name):
    return [(cell.label, cell.people) for cell in getattr(facts.profile, name)]


TODAY = make.NOW.date()


def test_from_invited_to_used():
    found = world.review_round(accept_first=True)
    asked(found)
    asked(found, declined_on=TODAY)
    asked(found, accepted_on=TODAY, released_on=TODAY)
    for _n in range(3):
        asked(found, accepted_on=TODAY, submitted_on=TODAY)
    small = world.review_round()
    asked(small, submitted_on=TODAY)

    facts = collect(scope())

    whole = facts.whole
    assert (whole.asked, whole.accepted, whole.submitted, whole.used) == (7, 5, 4, 3)
    assert (whole.declined, whole.replaced) == (1, 1)
    assert [(row.year, row.rounds, row.tally.asked) for row in facts.by_year] == [("2026", 2, 7)]
    (chapter,) = reading.chapters(SECTION, facts, scope())
    (flow,) = [b for b in chapter.blocks if isinstance(b, Figure)]
    assert [(step.value, step.lost) for step in flow.drawing.steps] == [
        (7, "1 declined and 1 gave no answer"),
        (5, "1 not handed in"),
        (4, "1 in a panel that is too small or still answers"),
        (3, ""),
    ]


def test_a_task_stands_as_it_did_when_the_period_ended():
    found = world.review_round(at=make.NOW)
    asked(found, submitted_on=date(2026, 11, 30))
    asked(found, submitted_on=date(2026, 12, 1))
    november = scope(end="2026-11-30", until=reading.UNTIL.replace(month=11, day=30))

    assert collect(november).whole.submitted == 1
    assert collect(scope()).whole.submitted == 2
    assert collect(november).newest == "2026-11-30"


def test_small_groups_are_merged_and_cannot_be_taken_from_the_total():
    case, psych = Profession.CASE_WORKER, Profession.PSYCHOLOGIST
    panel(*[case] * 6, *[psych] * 2)

    facts = collect(scope())

    assert facts.profile.size == 8
    assert cells(facts, "roles") == [("other", 8)]
    assert cells(facts, "years") == [("3-5", 8)]
    assert cells(facts, "languages") == [("bg", 8), ("en", 8)]


def test_groups_of_five_are_told():
    panel(*[Profession.CASE_WORKER] * 6, *[Profession.PSYCHOLOGIST] * 5)

    asked_for = scope()
    facts = collect(asked_for)
    roles = reading.rows(checks.table(reading.chapters(SECTION, facts, asked_for), "panel-roles"))

    assert roles == [["Case worker", "6"], ["Psychologist", "5"]]


@pytest.mark.parametrize("profile", list(Profile))
def test_fewer_than_five_experts_are_not_described(profile):
    panel(*[Profession.CASE_WORKER] * 4)
    asked_for = scope(profile=profile)

    facts = collect(asked_for)
    whole = reading.text(reading.chapters(SECTION, facts, asked_for))

    assert facts.profile.size is None
    assert cells(facts, "roles") == [("other", None)]
    assert "Fewer than five experts" in whole
    assert "Case worker" not in whole
    keys = [one.key for one in SECTION.indicators(facts, reading.head(asked_for))]
    assert keys == ["reviews"]


def test_somebody_on_two_panels_counts_once():
    people = [make.person() for _n in range(5)]
    for _n in range(2):
        found = world.review_round()
        for person in people:
            world.assigned(found, person)
        Assignment.objects.filter(round=found).update(submitted_on=TODAY)

    facts = collect(scope())

    assert (facts.profile.size, facts.whole.submitted) == (5, 10)


def conflict(**more):
    material = world.version().material
    person = make.person(name="Ivan Petrov", email="ivan@example.net")
    return ConflictOfInterest.objects.create(
        person=person,
        material=material,
        reason="Ivan Petrov wrote a part of it, see ivan@example.net.",
        declared_by=person,
        declared_at=make.NOW,
        **more,
    )


def test_conflicts_are_counted_for_all_and_explained_to_the_agency_without_names():
    manager = make.person("project_manager")
    panel(*[Profession.CASE_WORKER] * 3)
    conflict()
    ConflictOfInterest.objects.update(
        waived_by=manager, waived_at=make.NOW, waiver_reason="Petrov, Ivan left the partner."
    )

    public, agency = (collect(scope(profile=profile)) for profile in Profile)
    whole = reading.text(reading.chapters(SECTION, agency, scope()))

    assert (public.conflicts.declared, public.conflicts.waived) == (1, 1)
    assert public.conflicts.texts == ()
    assert "… wrote a part of it, see …" in whole
    assert "… left the partner." in whole
    assert "Petrov" not in whole


@pytest.mark.parametrize("profile", list(Profile))
def test_every_cell_says_what_stands_in_the_dataset(profile):
    panel(*[Profession.CASE_WORKER] * 6, *[Profession.PSYCHOLOGIST] * 5)
    panel(*[Profession.RESEARCHER] * 2)
    conflict()
    asked_for = scope(profile=profile)
    facts = collect(asked_for)

    for language in ("en", "ar"):
        with translation.override(language):
            assert reading.traced(SECTION, facts, asked_for) > 20
    assert reading.round_trip(SECTION, facts) == facts
    assert "Secret" not in reading.text(reading.chapters(SECTION, facts, asked_for))


def test_nobody_was_asked():
    facts = collect(scope())
    top = reading.head(scope())

    assert list(SECTION.chapters(facts, top)) == []
    assert list(SECTION.gaps(facts, top)) == ["No expert was asked to review a material."]
    assert [one.reached for one in SECTION.indicators(facts, top)] == [0, 0]


def test_one_round_and_three_ask_the_same_number_of_queries(django_assert_num_queries):
    asked_for = scope()
    panel(*[Profession.CASE_WORKER] * 3)
    with django_assert_num_queries(6):
        collect(asked_for)
    for _n in range(2):
        panel(*[Profession.CASE_WORKER] * 3)

    with django_assert_num_queries(6):
        collect(asked_for)
