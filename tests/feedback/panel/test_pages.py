"""The pages on which a panel is put together, from the coordinator's side."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from experts import reference
from experts.enums import Profession, Role
from experts.models import Expert
from feedback.reviews.domain import escalation, rounds
from feedback.reviews.domain.panel import gathering, proposing
from feedback.reviews.models import Assignment, ConflictOfInterest, ReviewRound
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db

TODAY = make.NOW.date()


def expert(profession: str = Profession.CASE_WORKER, code: str = "BG", **more):
    """Somebody with a profile of an expert; what is of the profile goes there."""
    names = {"most_reviews", "away_from", "away_until", "years"}
    profile = {key: more.pop(key) for key in names & set(more)}
    person = make.person(code=code, **more)
    Expert.objects.create(person=person, profession=profession, **profile)
    return person


def group(by, *versions, code: str = "BG", **terms):
    """Rounds opened together."""
    return rounds.open_rounds(
        versions=versions or [world.version(), world.version()],
        countries=[make.country(code)] if code else [],
        terms=rounds.Terms(due_on=world.DUE, **terms),
        by=by,
        at=make.NOW,
    )


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR)


def pairs(proposal):
    return {(one.item.key, n.expert.key) for one in proposal.rounds for n in one.ask}


def proposal_of(found, user, **pins):
    return proposing.propose(gathering.board(found, user, TODAY), **pins)


def test_lesson_21_a_panel_is_proposed_with_reasons_and_nobody_is_asked(as_user, coordinator):
    adviser = expert(Profession.LEGAL_ADVISER, name="Zoe", years=12)
    found = group(coordinator, panel_size=1)
    page = as_user(coordinator).get(reverse("round_propose", args=[found[0].pk])).content.decode()
    assert f'value="{found[0].pk}-{adviser.pk}" checked' in page
    assert "reads English · legal adviser · 12 years of work · has no other review" in page
    assert not Assignment.objects.exists()


def test_lesson_23_a_person_confirms_and_confirming_twice_asks_once(as_user, coordinator):
    people = [expert(), expert()]
    found = group(coordinator, panel_size=1)
    client, url = as_user(coordinator), reverse("round_propose", args=[found[0].pk])
    ticks = [f"{one.pk}-{person.pk}" for one, person in zip(found, people, strict=True)]
    for _twice in range(2):
        answer = client.post(url, {"ask": ticks, "proposed": ticks, "deed": "ask"})
        assert answer.status_code == 302
    assert Assignment.objects.count() == 2
    assert {one.assignments.count() for one in found} == {1}


def test_lesson_22_over_a_confirmed_panel_nothing_more_is_proposed(coordinator):
    for _n in range(4):
        expert()
    found = group(coordinator, panel_size=2)
    first = pairs(proposal_of(found, coordinator))
    assert len(first) == 4
    proposing.confirm(pairs=first, by=coordinator, at=make.NOW)
    assert pairs(proposal_of(found, coordinator)) == set()


def test_pins_of_the_page_leave_somebody_out_and_keep_the_others(as_user, coordinator):
    people = [expert(name=f"Person {n}") for n in range(3)]
    found = group(coordinator, world.version(), panel_size=2)
    key = found[0].pk
    chosen = sorted(person for _round, person in pairs(proposal_of(found, coordinator)))
    out, stays = chosen
    shown = [f"{key}-{person}" for person in chosen]
    client, url = as_user(coordinator), reverse("round_propose", args=[key])
    answer = client.post(url, {"ask": [f"{key}-{stays}"], "proposed": shown, "deed": "again"})
    page = answer.content.decode()
    ticked = {int(p) for p in re.findall(rf'value="{key}-(\d+)" checked', page)}
    assert ticked == {person.pk for person in people} - {out}
    assert "left out by you" in page
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("tick", ["abc", "1-2", "-1-5", "9" * 30 + "-1", "0-0", "1-1-1"])
def test_odd_ticks_ask_nobody(as_user, coordinator, tick):
    expert()
    found = group(coordinator)
    url = reverse("round_propose", args=[found[0].pk])
    answer = as_user(coordinator).post(url, {"ask": [tick], "deed": "ask"})
    assert answer.status_code == 200
    assert "Choose people from this list." in answer.content.decode()
    assert not Assignment.objects.exists()


def test_a_coordinator_is_proposed_own_experts_and_own_countries_only(coordinator):
    expert()
    expert(code="IT")
    manager = make.user(Role.PROJECT_MANAGER)
    found = group(manager, world.version(), code="", panel_size=1)
    board = gathering.board(found, coordinator, TODAY)
    assert {board.people[e.key].country.code for e in board.pool} == {"BG"}
    assert board.items[0].countries == (make.country("BG").pk,)
    assert len(pairs(proposal_of(found, manager))) == 2


def test_who_is_away_full_or_in_conflict_is_not_proposed(coordinator):
    away = expert(away_from=TODAY, away_until=date(2026, 12, 20))
    full = expert(most_reviews=0)
    barred, apart = expert(), expert(languages=["bg"])
    found = group(coordinator, world.version(), panel_size=4)
    ConflictOfInterest.objects.create(
        person=barred,
        material=found[0].version.material,
        declared_by=barred,
        declared_at=make.NOW,
    )
    ready = expert()
    proposal = proposal_of(found, coordinator)
    assert pairs(proposal) == {(found[0].pk, ready.pk)}
    assert proposal.rounds[0].unmet == (
        "3 seats of Bulgaria stay empty. No other expert of Bulgaria reads English and has room "
        "for a review (1 with a conflict of interest, 1 without English, 1 away, 1 with as many "
        "reviews as they take): ask somebody from another country, or lower the number of experts.",
    )
    assert {away.pk, full.pk, apart.pk} & {p for _r, p in pairs(proposal)} == set()


def test_by_hand_somebody_away_or_full_may_be_asked_and_is_marked(as_user, coordinator):
    busy = expert(name="Busy", most_reviews=0)
    expert(name="Apart", languages=["bg"])
    found = world.review_round(by=coordinator)
    client, url = as_user(coordinator), reverse("round_assign", args=[found.pk])
    page = client.get(url).content.decode()
    assert "has 0 open reviews and takes 0" in page
    assert "does not read English" in page
    client.post(url, {"people": [busy.pk]})
    assert Assignment.objects.count() == 1


def test_the_light_follows_the_ticks_and_changes_nothing(as_user, coordinator):
    people = [expert(Profession.RESEARCHER), expert(), expert()]
    found = world.review_round(by=coordinator, quota_practitioners=1)
    client, url = as_user(coordinator), reverse("round_light", args=[found.pk])
    said = [
        client.get(url, {"people": [p.pk for p in people[:n]]}).content.decode() for n in range(4)
    ]
    assert "Nobody is on this panel yet" in said[0]
    assert "Needs 2 more experts of Bulgaria" in said[1]
    assert "Needs one more practitioner" in said[1]
    assert "practitioner" not in said[2]
    assert "This panel can carry a verdict" in said[3]
    assert "With 3 experts one dissent fails an item; with 6 it does not." in said[3]
    assert not Assignment.objects.exists()
    for odd in ("abc", "9" * 40, "-1", "١"):
        assert client.get(url, {"people": [odd]}).status_code == 200


def test_the_light_is_a_part_of_a_page_for_htmx_and_a_page_of_its_own_by_its_address(
    as_user, coordinator
):
    found = world.review_round(by=coordinator)
    client, url = as_user(coordinator), reverse("round_light", args=[found.pk])
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    page = client.get(url).content.decode()
    assert part.strip().startswith('<div class="light')
    assert page.startswith("<!DOCTYPE html>")
    assert "Nobody is on this panel yet" in page


def test_a_language_without_a_reviewer_is_said_at_planning(as_user, coordinator):
    expert(languages=["en"])
    version = make.version(make.material(), language="fa")
    found = world.review_round(by=coordinator, version=version)
    light = as_user(coordinator).get(reverse("round_light", args=[found.pk])).content.decode()
    assert "No expert of Bulgaria reads Persian." in light


def test_substitutes_are_ranked_by_the_rule_of_the_proposal(coordinator):
    before = expert(name="Before")
    expert(Profession.CAREER_COUNSELLOR, name="Fits", years=20)
    version = world.version()
    old = world.review_round(by=coordinator, version=version)
    world.assigned(old, before)
    rounds.close_round(round_id=old.pk, by=coordinator, at=make.NOW)
    new = world.review_round(by=coordinator, version=make.version(version.material))
    assert new.previous == old
    found = escalation.substitutes(ReviewRound.objects.get(pk=new.pk), coordinator, TODAY)
    assert [one.person.name for one in found] == ["Before", "Fits"]
    assert "was on the panel of the version before" in found[0].reasons


def test_one_and_three_rounds_and_people_cost_the_same_number_of_questions(coordinator):
    costs = []
    for number in (1, 3):
        for _n in range(number):
            expert()
        found = group(coordinator, *[world.version() for _n in range(number)], panel_size=1)
        found = proposing.together(found[0], coordinator)
        reference.countries()
        with CaptureQueriesContext(connection) as queries:
            proposal_of(found, coordinator)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_the_round_page_costs_the_same_with_one_and_three_people(as_user, coordinator):
    client = as_user(coordinator)
    costs = []
    for number in (1, 3):
        found = world.review_round(by=coordinator)
        for _n in range(number):
            world.assigned(found, expert())
            expert()
        pages = [found.get_absolute_url(), reverse("round_assign", args=[found.pk])]
        for page in pages:
            client.get(page)
        with CaptureQueriesContext(connection) as queries:
            for page in pages:
                client.get(page)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_lesson_43_the_form_says_which_language_nobody_reads_before_a_round_is_opened(
    as_user, coordinator
):
    expert(languages=["en"])
    make.country("IT")
    version = make.version(make.material(), language="fa")
    client, url = as_user(coordinator), reverse("round_planning")
    assert url in client.get(reverse("round_new")).content.decode()
    asked = {"versions": [version.pk, world.version().pk], "countries": ["BG", "IT", "odd"]}
    page = client.get(url, asked).content.decode()
    name = f"{version.material.code} v1"
    assert page.count("notice-need") == 1
    assert f"{name}: no expert reads Persian in Bulgaria." in page
    # All countries where none is named; a version out of sight says nothing.
    page = as_user(make.user(Role.PROJECT_MANAGER)).get(url, {"versions": version.pk})
    assert f"{name}: no expert reads Persian in Bulgaria, Italy." in page.content.decode()
    foreign = make.version(make.material("IT"), language="fa")
    for odd in (foreign.pk, "abc", "9" * 40):
        assert "notice-need" not in client.get(url, {"versions": odd}).content.decode()
