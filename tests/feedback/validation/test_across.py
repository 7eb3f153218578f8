"""Countries and languages beside each other: found where it is there, silent where it is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from experts.enums import Role
from experts.models import User
from feedback.reviews.domain import phases, rounds
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.outcome import across
from materials.models import Version
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db
GOOD, BAD = "4", "1"


@pytest.fixture
def manager() -> User:
    return make.user(Role.PROJECT_MANAGER)


def rated(found: ReviewRound, code: str, *firsts: str) -> ReviewRound:
    """Experts of a country who gave these scores to C1 and 4 to the rest."""
    for first in firsts:
        world.answered(found, make.person(code=code), first)
    return found


def closed(found: ReviewRound, manager: User) -> ReviewRound:
    return rounds.close_round(round_id=found.pk, by=manager, at=make.NOW + timedelta(days=1))


def page(found: ReviewRound, user: User) -> across.Across:
    seen = ReviewRound.objects.with_version().get(pk=found.pk)
    return across.build(seen, user)


def two_countries(manager: User, here: str = BAD, n: int = 6) -> ReviewRound:
    """A closed round: the Bulgarian experts gave `here` to C1, the Greek ones 4."""
    found = world.review_round(None, by=manager)
    rated(rated(found, "BG", *[here] * n), "EL", *[GOOD] * n)
    return closed(found, manager)


def test_a_country_that_differs_is_flagged_as_a_question_of_the_content(manager):
    built = page(two_countries(manager), manager)
    assert [item.code for item in built.flagged] == ["C1"]
    [test] = built.flagged[0].flagged
    assert test.sentence == ("Bulgaria: 0 of 6 relevant; Greece: 6 of 6 (corrected p = 0.002).")
    assert test.interval == "-100 points (95 %: -100 to -45)"
    assert test.question == "A question of the content: all read the same edition."
    assert built.standing == ("1 item differs between countries or languages, in 10 comparisons.")


def test_countries_that_agree_are_not_flagged_and_what_they_cannot_show_is_said(manager):
    built = page(two_countries(manager, here=GOOD, n=3), manager)
    assert built.flagged == ()
    assert built.unable == ("Bulgaria (3) and Greece (3): too small to show any difference.",)


def test_a_panel_that_may_miss_a_shift_says_how_often_it_finds_one(manager):
    [sentence] = page(two_countries(manager, here=GOOD), manager).unable
    assert sentence == (
        "Bulgaria (6) and Greece (6): a shift of 40 points would be found in 5 of 100 cases."
    )


def edition_of(source: Version, owner: User) -> Version:
    return make.version(source.material, number=2, language="bg", source=source)


def test_an_edition_read_in_one_country_only_leaves_the_question_open(manager):
    source = world.version()
    first = world.review_round(None, by=manager, version=source)
    closed(rated(first, "EL", *[GOOD] * 6), manager)
    second = world.review_round(None, by=manager, version=edition_of(source, manager))
    closed(rated(second, "BG", *[BAD] * 6), manager)
    [test] = page(second, manager).flagged[0].flagged
    assert (test.name, test.against) == ("Bulgarian", "English")
    assert test.question == (
        "A question of the translation or of the content: only Bulgaria read this edition."
    )


def test_an_edition_read_in_the_country_that_read_the_source_is_a_question_of_translation(manager):
    source = world.version()
    first = world.review_round(None, by=manager, version=source)
    closed(rated(rated(first, "EL", *[GOOD] * 6), "BG", *[GOOD] * 6), manager)
    second = world.review_round(None, by=manager, version=edition_of(source, manager))
    closed(rated(second, "BG", *[BAD] * 6), manager)
    flagged = [test.question for item in page(second, manager).flagged for test in item.flagged]
    assert flagged == ["A question of the translation."]


def test_panels_of_fewer_than_three_are_left_out_and_counted(manager):
    found = world.review_round(None, by=manager)
    rated(rated(rated(found, "BG", *[BAD] * 3), "EL", *[GOOD] * 3), "IT", BAD, BAD)
    built = page(closed(found, manager), manager)
    assert (built.cells, built.left_out) == (("Bulgaria (English)", "Greece (English)"), 1)


def test_nothing_is_compared_while_experts_write_independently(manager):
    found = rated(world.review_round(None, by=manager), "BG", *[GOOD] * 3)
    assert page(found, manager).withheld == (
        "Countries are compared when the independent phase is over."
    )


def test_other_countries_figures_wait_for_a_coordinator_until_the_round_is_closed(manager):
    found = world.review_round(None, by=manager)
    rated(rated(found, "BG", *[GOOD] * 3), "EL", *[GOOD] * 3)
    phases.go_on(round_id=found.pk, to="discussion", by=manager, at=make.NOW)
    coordinator = make.user(Role.COORDINATOR, "BG")
    assert page(found, coordinator).withheld == (
        "Other countries' figures open when the round is closed."
    )
    assert not page(closed(found, manager), coordinator).withheld


def test_the_page_shows_both_panels_and_says_how_it_compares(manager, as_user):
    found = two_countries(manager)
    url = reverse("round_across", args=[found.pk])
    shown = as_user(manager).get(url).content.decode()
    assert "0 of 6" in shown
    assert "Benjamini and Hochberg" in shown
    assert url in as_user(manager).get(reverse("round_outcome", args=[found.pk])).content.decode()


def test_as_many_queries_for_three_countries_as_for_two(
    manager, as_user, django_assert_max_num_queries
):
    client = as_user(manager)
    counts = []
    for codes in (("BG", "EL"), ("BG", "EL", "IT")):
        found = world.review_round(None, by=manager)
        for code in codes:
            rated(found, code, *[GOOD] * 3)
        url = reverse("round_across", args=[closed(found, manager).pk])
        client.get(url)
        with django_assert_max_num_queries(12) as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]
