"""What others learn of practices: the stream of contributions, the country report, the demo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

import experts.demo
from cop_platform.common.reporting.sections import Profile
from experts.enums import Role
from practices.demo import practices as demo
from practices.domain.contributing import Span
from practices.domain.practices import given, lineage, maturity
from practices.domain.practices.report.section import SECTION
from practices.enums import CheckStep, Given, Maturity, Use
from practices.models import Adoption, Practice, PracticeVersion
from tests import factories as make
from tests.practices import world
from tests.reports.sections import checks

pytestmark = pytest.mark.django_db
WEEK = Span(make.NOW - timedelta(days=7), make.NOW)


def test_author_and_both_checkers_gave_something():
    first, second = world.member("BG"), world.member("IT")
    practice = world.practice(title="Two columns", screened_by=first, checked_by=second)

    found = {(one.person_id, one.given): one for one in given.of_versions(WEEK)}

    assert set(found) == {
        (practice.author_id, Given.PRACTICE),
        (first.pk, Given.CHECK),
        (second.pk, Given.CHECK),
    }
    assert found[first.pk, Given.CHECK].to_id == practice.author_id
    assert found[practice.author_id, Given.PRACTICE].title == "Two columns"


def test_a_check_that_is_under_way_is_not_told_by_its_title():
    first = world.member("BG")
    world.draft(step=CheckStep.SCREENED, screened_by=first, screened_on=world.DAY)

    (one,) = given.of_versions(WEEK)

    assert (one.person_id, one.title, one.url) == (first.pk, "", "")


def test_an_adoption_ties_the_adopter_to_the_author(django_assert_num_queries):
    practice = world.practice()
    adoption = world.adoption(practice, "IT")
    world.adoption(practice, "ES", adopted_on=world.DAY - timedelta(days=30))

    with django_assert_num_queries(1):
        (one,) = given.of_adoptions(WEEK)

    assert (one.person_id, one.to_id) == (adoption.person_id, practice.author_id)
    assert not list(given.of_adoptions(Span(WEEK.since, WEEK.until, frozenset())))


def read(*codes, **more):
    return SECTION.collect(checks.scope(*codes, **more))


@pytest.fixture
def november():
    """A practice of Bulgaria used by two, one it took, one retired, one of others."""
    own = world.practice(
        "BG", author=world.member("BG", name="Secret Author"), title="Own", maturity=Maturity.GOOD
    )
    world.adoption(own, "IT", adapted="In a kitchen.", person=world.member("IT", name="Secret It"))
    world.adoption(own, "ES", adopted_on=date(2026, 10, 1))
    world.adoption(world.practice("IT", title="Taken"), "BG", use=Use.TRIED)
    world.adoption(world.practice("ES", title="Elsewhere"), "IT")
    gone = world.practice("BG", title="Gone")
    gone.retired_on = date(2026, 11, 25)
    gone.save()
    world.draft("BG", title="Half written")


def test_the_report_counts_practices_and_adoptions_given_and_taken(november):
    facts = read()

    assert [(one.title, one.maturity) for one in facts.practices] == [("Own", Maturity.GOOD)]
    assert facts.practices[0].adopters == ("ES", "IT")
    assert [(one.title, one.giver, one.taker) for one in facts.adoptions] == [
        ("Own", "BG", "IT"),
        ("Taken", "IT", "BG"),
    ]
    totals = facts.totals
    assert (totals.practices, totals.new, totals.given, totals.taken) == (1, 1, 1, 1)
    assert {one.key: one.reached for one in SECTION.indicators(facts, checks.head())} == {
        "practices": 1,
        "adoptions": 2,
    }
    assert facts.newest == world.DAY.isoformat()


def test_between_two_countries_of_a_report_an_adoption_counts_once(november):
    totals = read("BG", "IT").totals

    assert (totals.adoptions, totals.given, totals.taken) == (3, 2, 3)


@pytest.mark.parametrize("profile", list(Profile))
def test_every_figure_of_the_chapter_stands_in_the_dataset(november, profile):
    facts = read(profile=profile)

    assert checks.check_figures(SECTION, facts, profile) == 1
    checks.check_round_trip(SECTION, facts)
    assert not list(SECTION.recount(facts))


@pytest.mark.parametrize("profile", list(Profile))
def test_no_person_is_named_in_the_report(november, profile):
    assert "Secret" not in checks.everything(SECTION, read(profile=profile), profile)


def test_without_practices_the_report_says_so():
    facts = read()

    assert not list(SECTION.chapters(facts, checks.head()))
    assert len(list(SECTION.gaps(facts, checks.head()))) == 2


def test_the_report_asks_the_same_for_one_practice_and_for_three(
    django_assert_num_queries, django_assert_max_num_queries
):
    world.adoption(world.practice(), "IT")
    asked = checks.scope()
    with django_assert_max_num_queries(6) as one:
        SECTION.collect(asked)
    for _n in range(2):
        world.adoption(world.practice(), "IT")

    with django_assert_num_queries(len(one)):
        SECTION.collect(asked)


DEMO_DAY = date(2026, 11, 26)


@pytest.fixture
def demo_project():
    experts.demo.seed(DEMO_DAY)
    demo.seed(DEMO_DAY)


def test_rows_3_and_34_hold_on_the_demo(demo_project, as_user):
    demo.seed(DEMO_DAY)

    assert Practice.objects.published().count() == 7
    assert set(PracticeVersion.objects.at_work().values_list("step", flat=True)) == {
        CheckStep.SUBMITTED,
        CheckStep.SCREENED,
        CheckStep.RETURNED,
    }
    assert Practice.objects.filter(topic__isnull=True).count() == 0
    assert Adoption.objects.exclude(outcome="").count() >= 4
    assert not Adoption.objects.filter(partner__country_id=None).exists()
    for adoption in Adoption.objects.select_related("version__practice"):
        assert adoption.partner_id != adoption.version.practice.partner_id
    client = as_user(make.user(Role.PARTNER, "IT"))
    for version in PracticeVersion.objects.filter(step=CheckStep.PUBLISHED):
        page = client.get(reverse("practice_version", args=[version.pk]))
        assert version.title in page.content.decode()


def test_the_demos_maturity_is_earned(demo_project):
    for practice in Practice.objects.published():
        adoptions = list(Adoption.objects.filter(version__practice=practice))
        found = maturity.steps(practice, adoptions, DEMO_DAY)
        assert all(step.is_met for step in found if step.is_reached), practice


def test_the_demos_kitchen_walk_grew_out_of_the_photo_walk(demo_project):
    grown = Practice.objects.get(current__title__startswith="Kitchen walk")

    root = lineage.tree(grown)

    assert root is not None
    assert root.title == "Photo walk of skills"
    assert any(use.below and use.below[0].is_here for use in root.below)
