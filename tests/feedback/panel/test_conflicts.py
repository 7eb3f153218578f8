"""Conflicts of interest: who must not review a material, and what a waiver changes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent, Partner
from feedback.reviews.domain import conflicts, rounds
from feedback.reviews.domain.panel import eligibility
from feedback.reviews.models import Assignment, ConflictOfInterest
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR)


def partner(name: str = "House of Mentors") -> Partner:
    return Partner.objects.create(name=name, kind="association", country=make.country())


def declared(person, version, *, by=None, reason="My sister wrote it"):
    return conflicts.declare(
        person=person, material=version.material, reason=reason, by=by or person.user, at=make.NOW
    )


def waived(person, version, by, reason="Only the layout is hers"):
    return conflicts.waive(
        person=person, material=version.material, reason=reason, by=by, at=make.NOW
    )


def test_lesson_23_a_dry_run_says_who_must_not_review_and_why():
    house = partner()
    owner = make.person(Role.AUTHOR, partner=house)
    version = world.version(owner=owner)
    uploader, colleague, said, free = (make.person() for _n in range(4))
    make.version(version.material, uploaded_by=uploader)
    colleague.partner = house
    colleague.save()
    declared(said, version)
    found = conflicts.of(version, [owner, uploader, colleague, said, free])
    assert found == {
        owner.pk: ["made the material"],
        uploader.pk: ["made the material"],
        colleague.pk: ["works for the partner that made the material"],
        said.pk: ["has a conflict of interest that was declared"],
    }
    assert not Assignment.objects.exists()


def test_people_without_a_partner_have_none_in_common():
    version = world.version(owner=make.person(Role.AUTHOR))
    assert conflicts.of(version, [make.person()]) == {}


def test_lesson_23_nobody_with_a_conflict_is_asked_and_the_reason_is_said():
    found, person = world.review_round(), make.person(name="Zoe")
    declared(person, found.version)
    with pytest.raises(eligibility.Barred, match="Zoe: has a conflict of interest"):
        world.assigned(found, person)
    assert not Assignment.objects.exists()


def test_a_waiver_has_a_reason_is_written_down_and_lets_the_person_review():
    found, person = world.review_round(), make.person()
    declared(person, found.version)
    row = waived(person, found.version, found.opened_by.user)
    assert row.waiver_reason == "Only the layout is hers"
    assert AuditEvent.objects.filter(deed="conflict of interest waived", object_id=row.pk).exists()
    world.assigned(found, person)
    assert Assignment.objects.count() == 1


def test_declaring_again_takes_the_waiver_back(coordinator):
    version, person = world.version(), make.person()
    declared(person, version)
    waived(person, version, coordinator)
    declared(person, version, reason="Now I work there")
    assert list(conflicts.of(version, [person])) == [person.pk]
    assert ConflictOfInterest.objects.get().reason == "Now I work there"


def test_own_work_is_never_waived(coordinator):
    owner = make.person()
    version = world.version(owner=owner)
    with pytest.raises(conflicts.NoWaiver):
        waived(owner, version, coordinator)
    assert not ConflictOfInterest.objects.exists()


def test_where_nothing_stands_against_somebody_there_is_nothing_to_waive(coordinator):
    with pytest.raises(conflicts.NotInTheWay):
        waived(make.person(), world.version(), coordinator)


def test_nobody_waives_their_own_conflict_or_that_of_another_country(coordinator):
    version = world.version()
    for person in (coordinator.person, make.person(code="IT")):
        declared(person, version)
        with pytest.raises(Refused):
            waived(person, version, coordinator)
    with pytest.raises(Refused):
        declared(make.person(code="IT"), version, by=coordinator)


def test_the_page_declares_and_waives_and_keeps_what_was_typed(as_user):
    found, person = world.review_round(), make.person(name="Zoe")
    client, url = as_user(found.opened_by.user), reverse("round_conflicts", args=[found.pk])
    page = client.post(url, {"person": person.pk, "declare": "1"}).content.decode()
    assert "Say why; it is kept with the decision." in page
    client.post(url, {"person": person.pk, "reason": "<b>Sister</b>", "declare": "1"})
    page = client.get(url).content.decode()
    assert "has a conflict of interest that was declared" in page
    assert "&lt;b&gt;Sister" in page
    client.post(url, {"person": person.pk, "reason": "Layout only", "waive": "1"})
    assert conflicts.of(found.version, [person]) == {}
    for odd in ("abc", "9" * 40, make.person(code="IT").pk):
        answer = client.post(url, {"person": odd, "reason": "x", "waive": "1"})
        assert answer.status_code == 200
    assert ConflictOfInterest.objects.count() == 1


def test_one_and_three_people_cost_the_same_number_of_questions():
    version, costs = world.version(), []
    people = [make.person() for _n in range(3)]
    for some in (people[:1], people):
        with CaptureQueriesContext(connection) as queries:
            conflicts.of(version, some)
        costs.append(len(queries))
    assert costs[0] == costs[1] == 3


def test_the_language_of_the_edition_is_a_hard_filter():
    found = world.review_round()
    person = make.person(name="Zoe", languages=["bg"])
    with pytest.raises(eligibility.Barred, match="Zoe: does not read English"):
        rounds.assign(round_id=found.pk, people=[person], by=found.opened_by.user, at=make.NOW)


def test_lesson_20_who_never_said_what_they_read_is_asked_where_acceptance_asks_it():
    person = make.person(languages=[])
    at_once, accepted = world.review_round(), world.review_round(accept_first=True)
    with pytest.raises(eligibility.Barred):
        rounds.assign(round_id=at_once.pk, people=[person], by=at_once.opened_by.user, at=make.NOW)
    rounds.assign(round_id=accepted.pk, people=[person], by=accepted.opened_by.user, at=make.NOW)
    assert Assignment.objects.count() == 1


def test_an_expert_who_was_not_asked_declares_a_conflict_and_takes_it_back(as_user, coordinator):
    found, expert = world.review_round(by=coordinator), make.person(name="Boris")
    material = found.version.material
    client, url = as_user(expert.user), reverse("material_conflict", args=[material.pk])
    assert f'href="{url}"' in client.get(material.get_absolute_url()).content.decode()
    assert "Say why in a few words." in client.post(url, {"reason": " "}).content.decode()
    assert client.post(url, {"reason": "My sister wrote it."}).status_code == 302
    page = as_user(coordinator).get(reverse("round_conflicts", args=[found.pk])).content.decode()
    assert "My sister wrote it." in page
    assert conflicts.of(found.version, [expert])
    # Declaring it again changes the words, and withdrawing twice is withdrawing once.
    client.post(url, {"reason": "My sister drew it."})
    assert ConflictOfInterest.objects.get().reason == "My sister drew it."
    for _twice in range(2):
        assert client.post(url, {"withdraw": "1"}).status_code == 302
    assert not ConflictOfInterest.objects.exists()
    assert conflicts.of(found.version, [expert]) == {}
    deeds = [event.deed for event in AuditEvent.objects.filter(deed__startswith="conflict")]
    assert deeds.count("conflict of interest withdrawn") == 1


def test_what_a_coordinator_wrote_down_is_not_the_experts_to_withdraw(as_user, coordinator):
    found, expert = world.review_round(by=coordinator), make.person()
    declared(expert, found.version, by=coordinator)
    client = as_user(expert.user)
    url = reverse("material_conflict", args=[found.version.material_id])
    page = client.get(url).content.decode()
    assert coordinator.person.name in page
    assert 'name="withdraw"' not in page
    assert client.post(url, {"withdraw": "1"}).status_code == 403
    assert ConflictOfInterest.objects.count() == 1
    assert client.get(reverse("material_conflict", args=[10**9])).status_code == 404
