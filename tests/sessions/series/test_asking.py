"""People are asked to all dates with one mail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cop_platform.common.refusals import Refused
from experts.domain import sender
from experts.models import Message, Person
from sessions.domain import (
    invitations,
    notices,
    series_invitations,
    series_notices,
)
from sessions.enums import Answer
from sessions.models import Invitation, SeriesInvitation
from tests import factories as make
from tests.sessions.series.world import SOFIA_26, answer, invite, rows

pytestmark = pytest.mark.django_db


def test_everybody_asked_gets_one_mail_for_all_dates(sink):
    series, first, second = make.series(), make.person(), make.person(code="IT")
    assert invite(series, first, second) == 2
    sender.send_due(at=make.NOW)
    assert sorted(sink.subjects()) == ["Invitation: First meetings, 4 dates"] * 2
    assert Invitation.objects.filter(person=first, session__series=series).count() == 4
    mail = next(m for m in sink.mails if m["To"] == second.email)
    text = mail.get_body(("plain",)).get_content()
    assert "Thu 17 Dec 2026, 09:00–10:30 (Thu 17 Dec 2026, 10:00–11:30 Sofia time)" in text
    assert first.email not in mail.as_string()


def test_asking_twice_asks_once():
    series, guest = make.series(), make.person()
    assert [invite(series, guest), invite(series, guest)] == [1, 0]
    assert Message.objects.filter(kind=series_notices.INVITATION).count() == 1
    assert SeriesInvitation.objects.count() == 1


def test_a_guest_of_one_date_keeps_that_answer():
    series, guest = make.series(), make.person()
    first = rows(series)[0]
    make.invitation(first, guest)
    answer(first, guest, Answer.YES)
    invite(series, guest)
    said = Invitation.objects.filter(person=guest).order_by("session__starts_at")
    assert list(said.values_list("answer", flat=True)) == ["yes", "", "", ""]


def test_case_6_a_guest_who_meets_at_another_hour_is_told(sink):
    series = make.series(
        rule="FREQ=MONTHLY;COUNT=8;BYMONTHDAY=8", day=date(2026, 12, 8), zone="Europe/Athens"
    )
    guest = make.person(zone="Europe/Istanbul")
    same = make.person(zone="Europe/Rome")
    invite(series, guest, same)
    sender.send_due(at=make.NOW)
    texts = {m["To"]: m.get_body(("plain",)).get_content() for m in sink.mails}
    assert "Not always at the same hour for you." in texts[guest.email]
    assert "On your clock it is usually 11:00" in texts[guest.email]
    assert "- Thu 8 Apr 2027, 10:00" in texts[guest.email]
    assert "Not always" not in texts[same.email]


def test_reminders_come_a_day_before_each_date_by_the_wall_clock():
    series, guest = make.series(day=date(2027, 3, 27), rule="FREQ=DAILY;COUNT=2"), make.person()
    invite(series, guest)
    due = Message.objects.filter(kind=notices.REMINDER).order_by("due_at")
    assert [m.due_at.strftime("%dT%H") for m in due] == ["26T08", "27T08"]


def test_one_answer_for_all_dates_and_one_for_each():
    series, guest = make.series(), make.person()
    invite(series, guest)
    found = SeriesInvitation.objects.get()
    token = series_invitations.link_token(found)
    own = series_invitations.own_dates(found)
    everything = dict.fromkeys([i.pk for i in own], Answer.YES)
    assert (
        series_invitations.answer_by_link(
            token=token, answers=everything, note="With pleasure", at=make.NOW
        )
        == 4
    )
    series_invitations.answer_by_link(
        token=token, answers={own[1].pk: Answer.NO}, note="", at=make.NOW
    )
    said = Invitation.objects.order_by("session__starts_at").values_list("answer", flat=True)
    assert list(said) == ["yes", "no", "yes", "yes"]


def test_a_link_answers_nobody_elses_dates():
    series, guest, other = make.series(), make.person(), make.person()
    invite(series, guest, other)
    token = series_invitations.link_token(SeriesInvitation.objects.get(person=guest))
    foreign = Invitation.objects.filter(person=other).first()
    for bad, answers in ((token, {foreign.pk: Answer.NO}), ("1.x", {}), (token + "x", {})):
        with pytest.raises(Refused):
            series_invitations.answer_by_link(token=bad, answers=answers, note="", at=make.NOW)
    assert set(Invitation.objects.values_list("answer", flat=True)) == {""}


def test_dates_that_started_are_not_answered_any_more():
    series, guest = make.series(), make.person()
    invite(series, guest)
    found = SeriesInvitation.objects.get()
    own = series_invitations.own_dates(found)
    token = series_invitations.link_token(found)
    everything = dict.fromkeys([i.pk for i in own], Answer.YES)
    written = series_invitations.answer_by_link(
        token=token, answers=everything, note="", at=SOFIA_26 + timedelta(days=8)
    )
    assert written == 2


def test_fifty_people_cost_as_many_statements_as_one():
    counts = []
    for number in (1, 50):
        series, home = make.series(), make.country()
        people = Person.objects.bulk_create(
            Person(name="Guest", email=f"{number}.{n}@example.org", country=home, zone=home.zone)
            for n in range(number)
        )
        with CaptureQueriesContext(connection) as counted:
            assert invite(series, *people) == number
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_more_invitations_than_fit_into_one_request_are_refused_with_both_numbers(monkeypatch):
    monkeypatch.setattr(series_invitations, "MAX_AT_ONCE", 7)
    with pytest.raises(invitations.TooMany, match="These are 8 invitations; at most 7 are sent"):
        invite(make.series(), make.person(), make.person())
    assert SeriesInvitation.objects.count() == 0
