"""The panel doctor where panels are planned: in words, for whom one may ask, and live."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts import reference
from experts.enums import Profession, Role
from experts.models import Expert, Person
from feedback.reviews.models import Assignment, ReviewRound
from feedback.validation import demo_policy
from feedback.validation.domain.policy import policy_versions
from feedback.validation.domain.policy.rules import Rules
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


def expert(profession: str = Profession.CASE_WORKER) -> Person:
    person = make.person(Role.EXPERT, "BG")
    Expert.objects.create(person=person, profession=profession)
    return person


def told(client, found: ReviewRound, query: str = "") -> str:
    url = reverse("round_doctor", args=[found.pk]) + query
    return client.get(url, headers=PART).content.decode()


def test_a_panel_of_five_hears_that_a_sixth_expert_helps(as_user):
    by = make.user(Role.COORDINATOR)
    found = world.review_round(by=by, panel_size=5)
    page = told(as_user(by), found)
    assert "The cheapest step: one more expert of Bulgaria, from 5 to 6." in page
    assert "With 5 experts one dissent fails an item; with 6 it does not." in page
    assert "43 points" in page
    assert "59 points" in page
    assert "passes a panel of 5 in 33 of 100 tries" in page
    assert reverse("round_assign", args=[found.pk]) in page


def test_those_who_are_ticked_count_as_if_they_were_asked(as_user):
    by = make.user(Role.COORDINATOR)
    found = world.review_round(by=by, panel_size=3)
    experts = [expert() for _n in range(6)]
    query = "?on=panel&people=x&" + "&".join(f"people={e.pk}" for e in experts)
    page = told(as_user(by), found, query)
    assert "With 6 experts an item survives 1 dissent." in page
    assert "Choose who" not in page
    assert not Assignment.objects.exists()


def test_a_policy_that_wants_practitioners_says_who_is_missing(as_user):
    manager = make.user(Role.PROJECT_MANAGER)
    held = Rules(practitioners=2)
    policy_versions.freeze(base=1, name="Own", held=held, by=manager, at=make.NOW)
    found = world.review_round(by=manager, panel_size=3)
    for _n in range(3):
        world.assigned(found, expert(Profession.RESEARCHER))
    page = told(as_user(manager), found)
    assert "Bulgaria: 2 practitioners are still to be asked" in page
    assert "The cheapest step: 2 more experts of Bulgaria (5)." in page


def test_the_whole_panel_is_told_to_those_who_lead_all_of_it(as_user):
    make.country("IT")
    manager = make.user(Role.PROJECT_MANAGER)
    found = world.review_round(None, by=manager, panel_size=4)
    coordinator = make.user(Role.COORDINATOR)
    reference.forget()
    assert "countries together" in told(as_user(manager), found)
    page = told(as_user(coordinator), found)
    assert "Bulgaria" in page
    assert "Italy" not in page
    assert "countries together" not in page


def test_the_form_of_a_round_hears_it_live(as_user):
    for code in ("BG", "IT"):
        make.country(code)
    reference.forget()
    client = as_user(make.user(Role.PROJECT_MANAGER))
    url = reverse("panel_doctor")
    page = client.get(f"{url}?panel_size=5&countries=BG&countries=IT", headers=PART)
    page = page.content.decode()
    assert "6 instead of 5 experts of each country." in page
    assert "All 2 countries together" in page
    assert "10 experts" in page
    page = client.get(f"{url}?panel_size=2&countries=BG", headers=PART).content.decode()
    assert "Below 3 experts of a country there is not enough evidence" in page
    for wrong in ("0", "51", "many", ""):
        answer = client.get(f"{url}?panel_size={wrong}&countries=XX", headers=PART)
        assert "Type how many experts of each country" in answer.content.decode()
    form = client.get(reverse("round_new")).content.decode()
    assert f'hx-get="{url}"' in form


@pytest.mark.parametrize("name", ["round_detail", "round_assign", "round_propose"])
def test_pages_before_the_asking_show_it(as_user, name):
    by = make.user(Role.COORDINATOR)
    found = world.review_round(by=by)
    expert()
    page = as_user(by).get(reverse(name, args=[found.pk])).content.decode()
    assert reverse("round_doctor", args=[found.pk]) in page


def test_pages_of_a_round_name_its_policy(as_user):
    by = make.user(Role.COORDINATOR)
    found = world.review_round(by=by)
    world.panelled(found)
    for name in ("round_detail", "round_outcome"):
        page = as_user(by).get(reverse(name, args=[found.pk])).content.decode()
        assert f'href="{reverse("policy_detail", args=[found.policy_id])}"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_the_same_number_of_queries(as_user, count, django_assert_max_num_queries):
    by = make.user(Role.COORDINATOR)
    found = world.review_round(by=by)
    for _n in range(count):
        world.assigned(found, expert())
    client, asked = as_user(by), []
    reference.countries()
    for url in (
        reverse("round_doctor", args=[found.pk]),
        reverse("panel_doctor") + "?panel_size=4",
    ):
        client.get(url)
        with django_assert_max_num_queries(12) as queries:
            client.get(url)
        asked.append(len(queries))
    assert asked == [12, 4]


def test_the_demos_running_rounds_have_a_policy_of_their_own():
    manager = make.user(Role.PROJECT_MANAGER)
    manager.email = "manager@demo.example"
    manager.save()
    anchor = make.NOW.date()
    demo_policy.seed(anchor)
    demo_policy.seed(anchor)
    old = world.review_round(by=manager, at=make.NOW - demo_policy.FIRST_BEFORE / 2)
    new = world.review_round(by=manager)
    assert (old.policy.number, new.policy.number, new.policy.name) == (1, 2, demo_policy.NAME)
