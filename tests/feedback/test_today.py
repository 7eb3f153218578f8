"""Everything that reviews wait for stands on *Today*, and costs the same however much it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cop_platform.common.needs import told
from experts import reference
from experts.enums import Role
from feedback.changes.domain import needs as change_needs
from feedback.changes.enums import Severity
from feedback.reviews.domain import acceptance, needs, reopening, waiting
from feedback.reviews.models import Assignment, ReviewRound
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking

pytestmark = pytest.mark.django_db

LATE = make.NOW + timedelta(days=30)


def all_kinds(by, country: str = "BG") -> None:
    """One of each kind that waits for whoever leads rounds there: five lines on *Today*."""
    person = make.person(code=country)
    declined = world.assigned(world.review_round(country, by=by), person)
    acceptance.decline(assignment_id=declined.pk, reason="Ill", by=person.user, at=make.NOW)
    back = world.review_round(country, by=by)
    writer = make.person(code=country)
    sent = world.answered(back, writer, "2")
    reopening.ask(assignment_id=sent.pk, reason="Wrong page.", by=writer.user, at=make.NOW)
    late = world.review_round(country, by=by)
    world.assigned(late, make.person(code=country))
    asking.typed(late.version, severity=Severity.CRITICAL, owner=by.person)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PROJECT_MANAGER])
def test_today_costs_at_most_twelve_statements_however_much_waits(as_user, role):
    by = make.user(role)
    client, taken = as_user(by), []
    for more in (1, 2):
        for _n in range(more):
            all_kinds(by)
        for rows in (ReviewRound, Assignment):
            rows.objects.update(due_on=date(2026, 1, 5))
        reference.countries()
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/")
        taken.append(len(queries))
    kinds = [kind for kind, rows in world.waits(by, timezone.now()).items() if rows]
    late = {waiting.LATE} if role == Role.COORDINATOR else set()
    assert set(kinds) == {waiting.OVER, waiting.BACK, waiting.DECLINED} | late
    assert told([change_needs.of], by, timezone.now())
    assert "needs you" in page.content.decode() or "need you" in page.content.decode()
    assert taken[0] == taken[1] <= 12


def test_a_coordinator_closes_only_rounds_of_own_countries_alone():
    coordinator, manager = make.user(Role.COORDINATOR), make.user(Role.PROJECT_MANAGER)
    own = world.review_round("BG", by=coordinator)
    shared = world.review_round(None, by=manager)
    shared.countries.set([make.country("BG"), make.country("IT")])
    world.review_round(None, by=manager)
    world.review_round("IT")
    within = world.review_round(None, by=manager)
    within.countries.set([make.country("BG")])
    found = world.waits(coordinator, LATE)[waiting.OVER]
    assert {row.key for row in found} == {own.pk, within.pk}
    assert len(world.waits(manager, LATE)[waiting.OVER]) == waiting.SHOWN


def test_a_round_with_empty_seats_in_two_countries_is_one_line():
    manager = make.user(Role.PROJECT_MANAGER)
    found = world.review_round(None, by=manager)
    for code in ("BG", "IT"):
        person = make.person(code=code)
        assignment = world.assigned(found, person)
        acceptance.decline(assignment_id=assignment.pk, reason="Ill", by=person.user, at=make.NOW)
    lines = [need for need in told([needs.of], manager, make.NOW) if "declined" in need.title]
    assert [need.sentence for need in lines] == [
        "2 experts declined. Others who fit are listed with reasons."
    ]
