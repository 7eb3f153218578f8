"""Answers to dates of a series."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from experts.domain import sender
from sessions.enums import InboundResult
from sessions.models import Invitation, Series
from tests import factories as make
from tests.sessions.inbound.world import calendar_part, received, reply, swapped

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(session, guest):
    """Three weeks of a series, the first being the session at hand."""
    series = Series.objects.create(
        title="Weekly",
        rule="FREQ=WEEKLY;COUNT=3",
        wall_day=session.wall_day,
        wall_clock=session.wall_clock,
        zone=session.zone,
        minutes=90,
        planned_by=session.planned_by,
        planned_at=make.NOW,
        changed_at=make.NOW,
    )
    by = session.planned_by.user
    weeks = [session] + [
        make.cop_session(by=by, day=session.wall_day + timedelta(weeks=n)) for n in (1, 2)
    ]
    for week in weeks:
        week.series, week.original_start = series, week.starts_at
        week.save()
    return series


def series_mails(series, guest, sink) -> list[bytes]:
    for week in series.sessions.all():
        make.invitation(week, guest)
    sender.send_due(at=make.NOW)
    invites = [m for m in sink.mails if m["Subject"].startswith("Invitation")]
    return [mail.as_bytes(policy=policy.SMTP) for mail in invites]


def test_lesson_b8_a_reply_with_a_recurrence_id_answers_that_occurrence_only(series, guest, sink):
    mails = series_mails(series, guest, sink)
    assert received(reply(mails[1])).result == InboundResult.APPLIED
    assert list(series.sessions.values_list("invitations__answer", flat=True)) == ["", "yes", ""]


def test_case_32_a_date_that_is_none_of_the_series_needs_a_person(series, guest, sink):
    mails = series_mails(series, guest, sink)
    raw = swapped(reply(mails[1]), ("20261203T100000", "20261204T100000"))
    row = received(raw)
    assert row.result == InboundResult.NEEDS_REVIEW
    assert "not one of this series" in row.reason


def test_a_reply_to_the_whole_series_answers_every_occurrence(series, guest, sink):
    mails = series_mails(series, guest, sink)
    text = reply(mails[0])
    mail = message_from_bytes(text, policy=policy.default)
    part = calendar_part(mail)
    lines = part.get_content().split("\r\n")
    bare = "\r\n".join(line for line in lines if not line.startswith("RECURRENCE-ID"))
    part.set_content(bare, subtype="calendar", params={"method": "REPLY"})
    assert received(mail.as_bytes()).result == InboundResult.APPLIED
    assert set(Invitation.objects.values_list("answer", flat=True)) == {"yes"}


def test_lesson_b17_nextcloud_mail_10811_each_component_counts_for_its_own_date(
    series, guest, sink
):
    mails = series_mails(series, guest, sink)
    mail = message_from_bytes(reply(mails[0]), policy=policy.default)
    part = calendar_part(mail)
    more = calendar_part(
        message_from_bytes(reply(mails[2], "DECLINED"), policy=policy.default)
    ).get_content()
    inner = more[more.index("BEGIN:VEVENT") : more.index("END:VCALENDAR")]
    text = part.get_content().replace("END:VCALENDAR", inner + "END:VCALENDAR")
    part.set_content(text, subtype="calendar", params={"method": "REPLY"})
    assert received(mail.as_bytes()).result == InboundResult.APPLIED
    assert list(series.sessions.values_list("invitations__answer", flat=True)) == ["yes", "", "no"]
