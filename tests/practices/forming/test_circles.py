"""Members make circles; the fourth member lets them plan sessions."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from practices.domain.forming import circles
from practices.domain.forming.circles import CircleSession
from practices.models import Circle
from sessions.domain import invitations
from sessions.models import CopSession
from tests import factories as make
from tests.practices.forming import world

pytestmark = pytest.mark.django_db
WANTED = CircleSession("Ten cards", date(2026, 12, 3), time(16), 60, "https://meet.example.org/x")


def join(circle: Circle, times: int = 1) -> None:
    for _ in range(times):
        circles.join(circle_id=circle.pk, by=make.user(), at=make.NOW)
    circle.refresh_from_db()


def maker(circle: Circle):
    return circle.made_by.user


def test_the_fourth_member_promotes_a_circle():
    circle = world.circle()

    join(circle, 2)
    assert circle.promoted_at is None
    join(circle)

    assert circle.promoted_at == make.NOW


def test_joining_twice_counts_once():
    circle, user = world.circle(), make.user()

    for _ in range(4):
        circles.join(circle_id=circle.pk, by=user, at=make.NOW)

    circle.refresh_from_db()
    assert (circle.members.count(), circle.promoted_at) == (2, None)


def test_a_promoted_circle_schedules_a_session_and_invites_its_members():
    circle = world.circle()
    join(circle, 3)

    session = circles.schedule(circle_id=circle.pk, wanted=WANTED, by=maker(circle), at=make.NOW)

    assert session.host_cops.get() == circle.cop
    assert session.invitations.count() == 3
    assert list(circle.sessions.all()) == [session]


def test_three_members_plan_no_session():
    circle = world.circle()
    join(circle, 2)

    with pytest.raises(NotPossible):
        circles.schedule(circle_id=circle.pk, wanted=WANTED, by=maker(circle), at=make.NOW)


def test_people_outside_plan_no_session(as_user):
    circle = world.circle(promoted_at=make.NOW)
    typed = {"title": "T", "day": "2099-12-03", "clock": "16:00", "minutes": 60, "place": "Here"}

    page = as_user(make.user()).post(reverse("circle_session", args=[circle.pk]), typed)

    assert "Members of the circle plan its sessions." in page.content.decode()
    assert not CopSession.objects.exists()


def test_a_session_in_the_past_is_refused():
    circle = world.circle(promoted_at=make.NOW)

    with pytest.raises(NotPossible):
        circles.schedule(
            circle_id=circle.pk,
            wanted=WANTED,
            by=maker(circle),
            at=make.NOW + timedelta(days=30),
        )


def test_a_failing_invitation_leaves_no_session(monkeypatch):
    circle = world.circle(promoted_at=make.NOW)

    def broken(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(invitations, "ask", broken)
    with pytest.raises(RuntimeError):
        circles.schedule(circle_id=circle.pk, wanted=WANTED, by=maker(circle), at=make.NOW)

    assert not CopSession.objects.exists()


def test_leaving_takes_somebody_off_the_list(as_user):
    circle, user = world.circle(), make.user()
    client = as_user(user)
    client.post(reverse("circle_join", args=[circle.pk]))
    assert circle.members.filter(person=user.person).exists()

    client.post(reverse("circle_leave", args=[circle.pk]))

    assert not circle.members.filter(person=user.person).exists()


def test_a_second_circle_of_the_same_name_is_refused_beside_the_field(as_user):
    circle = world.circle(name="Picture cards")
    typed = {"name": "picture cards", "purpose": "Again", "community": circle.cop_id}

    page = as_user(make.user()).post(reverse("circle_new"), typed)

    assert "There is a circle of this name already" in page.content.decode()
    assert Circle.objects.count() == 1


def test_the_platform_admin_makes_no_circle():
    with pytest.raises(Refused):
        circles.make(
            cop_id=make.cop(make.country()).pk,
            name="N",
            purpose="P",
            by=make.user(Role.PLATFORM_ADMIN),
            at=make.NOW,
        )


def test_three_circles_of_three_take_as_many_questions_as_one_of_one(as_user):
    client, counts = as_user(make.user()), []
    first = world.circle()
    for url in (reverse("circle_list"), first.get_absolute_url()):
        client.get(url)
        with CaptureQueriesContext(connection) as one:
            client.get(url)
        world.circle(members=3)
        join(first, 2)
        with CaptureQueriesContext(connection) as three:
            client.get(url)
        counts.append(len(three) - len(one))

    assert counts == [0, 0]
