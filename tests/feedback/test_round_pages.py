"""The coordinator's way through the pages: open a round, ask experts, close it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from experts.enums import Role
from feedback.reviews.domain import acceptance, cards, desk
from feedback.reviews.models import Assignment, ReviewRound
from feedback.validation.domain.outcome.tables import rating_tables
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR)


def form(of, **more):
    return {
        "versions": [of.pk],
        "countries": ["BG"],
        "due_on": "2099-12-04",
        "instruction": "<b>Look</b>",
        "blindness": "both",
        "panel_size": 3,
        "quota_practitioners": 0,
        "quota_lived": 0,
    } | more


def test_open_ask_and_close(as_user, coordinator):
    client, version, expert = as_user(coordinator), world.version(), make.person()
    page = client.get(reverse("round_new"), {"version": version.pk}).content.decode()
    assert re.search(rf'name="versions" value="{version.pk}"[^>]* checked', page)
    client.post(reverse("round_new"), form(version))
    found = ReviewRound.objects.get()
    client.post(reverse("round_assign", args=[found.pk]), {"people": [expert.pk]})
    assert Assignment.objects.count() == 1
    page = client.get(reverse("round_detail", args=[found.pk])).content.decode()
    assert "1 expert is asked" in page
    assert "Too few for a verdict" in page
    assert "&lt;b&gt;Look" in page
    assert client.get(reverse("round_close", args=[found.pk])).status_code == 200
    assert ReviewRound.objects.get().closed_at is None
    client.post(reverse("round_close", args=[found.pk]))
    assert ReviewRound.objects.get().closed_at is not None


@pytest.mark.parametrize(
    "more",
    [
        {"versions": ["abc"]},
        {"versions": ["9" * 40]},
        {"versions": []},
        {"countries": ["IT"]},
        {"countries": []},
        {"blindness": "none"},
        {"panel_size": "0"},
        {"panel_size": "9" * 40},
        {"quota_lived": "-1"},
        {"due_on": "9999-12-31"},
        {"due_on": "2001-01-01"},
        {"due_on": "tomorrow"},
        {"instruction": "x" * 10**6},
    ],
)
def test_a_form_that_does_not_fit_is_shown_again_and_opens_nothing(as_user, coordinator, more):
    answer = as_user(coordinator).post(reverse("round_new"), form(world.version(), **more))
    assert answer.status_code == 200
    assert b"data-error-summary" in answer.content
    assert not ReviewRound.objects.exists()


def test_security_1_and_2_a_version_out_of_sight_and_foreign_fields_are_ignored(
    as_user, coordinator
):
    foreign = world.version(code="IT")
    client = as_user(coordinator)
    assert client.post(reverse("round_new"), form(foreign)).status_code == 200
    assert not ReviewRound.objects.exists()
    own = world.version()
    client.post(
        reverse("round_new"), form(own, opened_by=1, closed_at="2026-01-01", phase="decision")
    )
    found = ReviewRound.objects.get()
    assert (found.opened_by, found.closed_at) == (coordinator.person, None)
    assert found.phase == "independent"


@pytest.mark.parametrize("people", [["abc"], ["9" * 40], [], ["-1"]])
def test_people_who_are_not_in_the_list_are_not_asked(as_user, people):
    found = world.review_round()
    url = reverse("round_assign", args=[found.pk])
    answer = as_user(found.opened_by.user).post(url, {"people": people})
    assert answer.status_code == 200
    assert not Assignment.objects.exists()


def test_an_odd_version_in_the_address_opens_the_empty_form(as_user, coordinator):
    for value in ("abc", "9" * 40, "-1", "é"):
        page = as_user(coordinator).get(reverse("round_new"), {"version": value})
        assert page.status_code == 200


def test_the_entry_in_the_navigation_stands_where_the_page_opens(as_user):
    url = reverse("review_list")
    for role in Role:
        client = as_user(make.user(role))
        shown = f'href="{url}"' in client.get(reverse("today")).content.decode()
        assert shown == (client.get(url).status_code == 200), role


def test_counts_say_asked_declined_accepted_and_sent_apart(as_user):
    found = world.review_round(accept_first=True)
    people = [make.person() for _n in range(5)]
    own = [world.assigned(found, person) for person in people]
    world.declined(own[0], people[0])
    for person, assignment in zip(people[1:4], own[1:4], strict=True):
        acceptance.accept(
            assignment_id=assignment.pk, reads_language=True, by=person.user, at=make.NOW
        )
    world.save(own[1], people[1], world.whole(own[1]))
    desk.submit(assignment_id=own[1].pk, by=people[1].user, at=make.NOW)
    by = found.opened_by.user
    card = cards.rounds([found], by, make.NOW)[0]
    assert card.facts == ("5 asked", "1 declined", "3 accepted", "1 sent")
    assert (card.assigned, card.submitted, card.standing) == (4, 1, "1 of 4 reviews are in")
    page = as_user(by).get(found.get_absolute_url()).content.decode()
    assert "5 asked · 1 declined · 3 accepted · 1 sent" in page
    assert rating_tables(make.country("BG").pk)[0].assigned == 4


def test_of_a_panel_too_small_it_is_not_said_who_has_sent():
    found = world.review_round()
    people = [make.person() for _n in range(3)]
    own = [world.assigned(found, person) for person in people]
    world.declined(own[0], people[0])
    card = cards.rounds([found], found.opened_by.user, make.NOW)[0]
    assert card.facts == ("3 asked", "1 declined")
    assert (card.counts, card.submitted, card.standing) == (False, 0, "2 experts are asked")


def test_security_6_and_lesson_a12_openreview_351_counts_are_of_own_countries_and_of_panels(
    as_user,
):
    found = world.review_round(None)
    for code in ("BG", "BG", "BG", "IT"):
        world.answered(found, make.person(code=code))
    counts = {"BG": "3 of 3 reviews are in", "IT": "1 expert is asked", "ES": "Nobody is asked yet"}
    for code, sentence in counts.items():
        client = as_user(make.user(Role.COORDINATOR, code))
        for url in (reverse("review_list"), found.get_absolute_url()):
            page = client.get(url).content.decode()
            assert sentence in page
            others = [text for text in counts.values() if text != sentence]
            assert not [text for text in others if text in page]
    page = as_user(found.opened_by.user).get(reverse("review_list")).content.decode()
    assert "4 of 4 reviews are in" in page
