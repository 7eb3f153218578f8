"""Who is offered to be asked: members of today, also those who leave soon."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from experts.enums import Role, Stage
from experts.models import Person
from sessions.domain import guest_lists, polls, series_invitations
from sessions.enums import AskedThrough
from sessions.forms.fair_times import FinderForm
from tests import factories as make

pytestmark = pytest.mark.django_db


def ground() -> tuple[list[Person], Person]:
    """Who stays and who leaves tomorrow; and who left today and is a member of another country."""
    kept, soon, gone = (make.person(role=Role.FACILITATOR) for _n in range(3))
    make.ends(soon, 1)
    make.ends(gone)
    cop = make.cop(make.country("IT"))
    gone.memberships.create(cop=cop, role=Role.EXPERT, stage=Stage.MEMBER, joined_on="2026-01-01")
    return [kept, soon], gone


def test_a_series_is_offered_to_who_is_a_member_today():
    by, (staying, gone) = make.user(Role.COORDINATOR), ground()
    at = timezone.now()
    series = make.series("BG", by=by, day=(at + timedelta(days=9)).date(), at=at)

    found = series_invitations.candidates(series, by, at)

    assert {*staying} <= {*found}
    assert gone not in found


def test_a_poll_is_offered_to_who_is_a_member_today():
    by, (staying, gone) = make.user(Role.COORDINATOR), ground()

    found = polls.candidates(make.poll(by=by, voters=[]), by)

    assert {*staying} <= {*found}
    assert gone not in found


def test_a_session_is_offered_to_who_is_a_member_today():
    by, (staying, gone) = make.user(Role.COORDINATOR), ground()
    wanted = guest_lists.Wanted(how=AskedThrough.COP)

    found = guest_lists.propose(make.cop_session(by=by), by, wanted).people

    assert {*staying} <= {*found}
    assert gone not in found


def test_fair_times_are_led_by_who_is_a_member_today():
    by, (staying, gone) = make.user(Role.COORDINATOR), ground()

    found = set(FinderForm(user=by).fields["facilitator"].queryset)

    assert {*staying, by.person} == found
    assert gone not in found
