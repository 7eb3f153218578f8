"""What the demo's groups said: under codes that agreed, once, and one group left to go through."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cop_platform.common import details
from feedback.focus_groups import demo_capture
from feedback.focus_groups.domain.capturing import capture
from feedback.focus_groups.models import FocusGroup, Quote
from sessions.enums import Kind
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


def test_a_group_of_the_demo_says_its_lines_once_and_only_under_codes_that_agreed():
    session = make.cop_session(
        "BG", kind=Kind.FOCUS_GROUP, title="Focus group with migrants, in Arabic"
    )
    group = world.closed_group(session=session, people=3)
    world.participant(group, agrees_to=())

    for _ in range(2):
        demo_capture.seed(session.wall_day + timedelta(days=30))

    assert group.quotes.count() == 11
    assert group.priorities.count() == 4
    quiet = group.participants.get(code="P4")
    assert not quiet.quotes.exists()
    assert not Quote.objects.filter(checked_on=None).exists()
    assert {row.participant_id for row in group.quotes.exclude(participant=None)} <= set(
        capture.may_be_noted(group).values_list("pk", flat=True)
    )


def test_one_group_is_left_open_with_a_detail_that_the_machine_finds():
    country, title = demo_capture.UNCHECKED
    session = make.cop_session("BG", kind=Kind.FOCUS_GROUP, title=title)
    group = world.closed_group(session=session)
    FocusGroup.objects.filter(pk=group.pk).update(country=make.country("IT"))
    group.country.__class__.objects.filter(code="IT").update(code=country)

    demo_capture.seed(session.wall_day + timedelta(days=30))

    group.refresh_from_db()
    waiting = list(group.quotes.filter(checked_on=None))
    assert group.closed_on is None
    assert [line for line in waiting if details.find(line.rendering)]
