"""Somebody else coordinates: one begins when the other ends, and both are told."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import outbox
from experts.enums import Role, Stage
from experts.models import Membership, Message
from practices.domain.forming import handing_over
from practices.models import HandOver
from tests import factories as make
from tests.practices.forming import world

pytestmark = pytest.mark.django_db
# Memberships end by the database's clock, so this is the real day.
TODAY = timezone.now().date()
NOW = datetime.combine(TODAY, time(9), UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def before():
    return make.user(Role.COORDINATOR)


def hand_over(before, after=None, **more):
    values = {
        "cop_id": make.cop(make.country()).pk,
        "before": before.person,
        "after": after or make.person(),
        "on": TODAY,
        "note": "The key of the room hangs at the desk.",
        "by": before,
        "at": NOW,
    }
    return handing_over.hand_over(**values | more)


def coordinating() -> set[int]:
    return set(handing_over.coordinators(make.cop(make.country())).values_list("pk", flat=True))


def test_roles_change_and_both_are_told(before):
    made = hand_over(before)

    assert coordinating() == {made.after_id}
    roles = Membership.objects.current().filter(person=before.person).values_list("role", flat=True)
    assert list(roles) == [Role.FACILITATOR]
    told = Message.objects.filter(kind=handing_over.KIND).values_list("person_id", flat=True)
    assert set(told) == {before.person.pk, made.after_id}


def test_a_later_day_is_carried_out_by_its_tick(before):
    made = hand_over(before, on=TODAY, at=NOW - WEEK)
    assert coordinating() == {before.person.pk}

    early = handing_over.carry_out_due(NOW - timedelta(days=1))
    due = [handing_over.carry_out_due(NOW) for _ in range(2)]

    assert (early, due) == (0, [1, 0])
    assert coordinating() == {made.after_id}


def test_the_roles_meet_on_no_day(before):
    made = hand_over(before)

    of = Membership.objects.filter(role=Role.COORDINATOR)
    [ended], [begun] = of.filter(person=before.person), of.filter(person=made.after)
    assert ended.left_on == begun.joined_on == TODAY


def test_late_in_the_evening_the_one_before_ends_at_once_too(before):
    night = datetime.combine(TODAY, time(23), UTC) - timedelta(days=1)
    made = hand_over(before, at=night)

    assert coordinating() == {made.after_id}


def test_who_leaves_soon_hands_over_and_stays_a_facilitator_until_then(before):
    make.ends(before.person, 20)

    hand_over(before)

    [held] = Membership.objects.current().filter(person=before.person)
    assert (held.role, held.left_on) == (Role.FACILITATOR, TODAY + timedelta(days=20))


def test_a_facilitator_who_leaves_soon_holds_the_role_once(before):
    make.ends(before.person, 20)
    cop = make.cop(make.country())
    before.person.memberships.create(
        cop=cop, role=Role.FACILITATOR, stage=Stage.MEMBER, joined_on=TODAY, left_on=TODAY + WEEK
    )

    hand_over(before)

    [held] = Membership.objects.current().filter(person=before.person)
    assert (held.role, held.left_on) == (Role.FACILITATOR, TODAY + WEEK)


def test_a_failing_mail_leaves_everything_as_it_was(before, monkeypatch):
    def broken(**_more):
        raise RuntimeError

    monkeypatch.setattr(outbox, "plan", broken)
    with pytest.raises(RuntimeError):
        hand_over(before)

    assert coordinating() == {before.person.pk}
    assert not HandOver.objects.exists()


def test_who_left_meanwhile_does_not_take_over(before):
    made = hand_over(before, on=TODAY, at=NOW - WEEK)
    make.ends(made.after)

    assert handing_over.carry_out_due(NOW) == 0
    assert coordinating() == {before.person.pk}


@pytest.mark.parametrize("code", ["BG", "IT"])
def test_it_goes_to_a_member_with_an_account(before, code):
    stranger = make.person(code=code, account=code == "IT")

    with pytest.raises(NotPossible):
        hand_over(before, stranger)

    assert coordinating() == {before.person.pk}


def test_a_second_hand_over_waits_for_the_first(before):
    hand_over(before, on=TODAY + timedelta(days=7))

    with pytest.raises(NotPossible):
        hand_over(before)


def test_a_day_in_the_past_is_refused(before):
    with pytest.raises(NotPossible):
        hand_over(before, on=TODAY - timedelta(days=1))


def test_experts_hand_nothing_over(before):
    with pytest.raises(Refused):
        hand_over(before, by=make.user())


def test_the_page_lists_what_is_open(as_user, before):
    world.proposal()
    world.draft()

    page = as_user(before).get(reverse("handover", args=[make.cop(make.country()).pk]))

    text = page.content.decode()
    assert "Topics proposed</a>: 1" in text
    assert "Charters at work</a>: 1" in text
    assert "Ideas that wait" not in text
