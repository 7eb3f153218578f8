"""What a coordinator sees of mails that came in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email import policy

import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.domain import sender
from experts.enums import Role
from sessions.domain import (
    invitations,
    mail_review,
)
from sessions.enums import Answer, InboundResult
from sessions.models import InboundMail, Invitation, Proposal
from tests import factories as make
from tests.sessions.inbound.world import (
    LATER,
    answer_of,
    counter,
    event,
    method,
    received,
    reply,
    swapped,
)

pytestmark = pytest.mark.django_db


def test_a_coordinator_counts_a_mail_as_an_answer_or_sets_it_aside(invited, session, guest):
    by = session.planned_by.user
    row = received(swapped(reply(invited), (guest.email, "colleague@example.net")))
    (item,) = mail_review.waiting_for(by)
    assert (item.mail, item.said) == (row, Answer.YES)
    invitation = item.invited[0]
    with pytest.raises(Refused):
        mail_review.count_as_answer(
            mail_id=row.pk,
            invitation_id=invitation.pk,
            answer=Answer.YES,
            by=make.user(Role.COORDINATOR, "IT"),
            at=LATER,
        )
    mail_review.count_as_answer(
        mail_id=row.pk, invitation_id=invitation.pk, answer=Answer.YES, by=by, at=LATER
    )
    assert answer_of(session) == Answer.YES
    assert mail_review.waiting_for(by) == []
    with pytest.raises(mail_review.Handled):
        mail_review.set_aside(mail_id=row.pk, by=by, at=LATER)


def test_case_30_taking_one_invitation_back_cancels_it_for_that_person_alone(
    invited, session, guest, sink
):
    make.invitation(session, make.person())
    sender.send_due(at=make.NOW)
    before = len(sink.mails)
    invitations.take_back(
        invitation_id=Invitation.objects.get(person=guest).pk, by=session.planned_by.user, at=LATER
    )
    sender.send_due(at=LATER)
    (mail,) = sink.mails[before:]
    found = event(mail)
    assert (mail["To"], method(mail)) == (guest.email, "CANCEL")
    assert found["ATTENDEE"] == f"mailto:{guest.email}"
    assert found["STATUS"] == "CANCELLED"
    assert {"ORGANIZER", "DTSTAMP"} <= set(found)
    session.refresh_from_db()
    assert session.sequence == 0
    assert session.invitations.count() == 1
    sender.send_due(at=session.starts_at - timedelta(hours=1))
    assert [m["To"] for m in sink.mails[before + 1 :]] != [guest.email]


def test_who_was_not_told_yet_hears_nothing_when_the_invitation_is_taken_back(session, guest, sink):
    invitation = make.invitation(session, guest)
    invitations.take_back(invitation_id=invitation.pk, by=session.planned_by.user, at=make.NOW)
    sender.send_due(at=LATER)
    assert sink.mails == []
    make.invitation(session, guest, at=LATER)
    sender.send_due(at=LATER)
    assert sink.subjects() == ["Invitation: First meetings"]
    with pytest.raises(Refused):
        invitations.take_back(
            invitation_id=Invitation.objects.get().pk, by=make.user(Role.EXPERT), at=LATER
        )


def test_pages_show_proposals_and_mails_to_those_who_run_the_session(
    as_user, sink, django_assert_max_num_queries
):
    session = make.cop_session(day=date(2090, 1, 5), title="First <b>meetings</b>")
    coordinator = as_user(session.planned_by.user)
    guests = [make.person() for _ in range(3)]
    for guest in guests:
        make.invitation(session, guest)
    sender.send_due(at=make.NOW)
    raws = [mail.as_bytes(policy=policy.SMTP) for mail in sink.mails]
    wanted = datetime(2090, 1, 6, 9, tzinfo=UTC)
    received(counter(raws[0], wanted, comment="<script>alert(1)</script>"))
    page = coordinator.get(session.get_absolute_url())
    assert "Another time is proposed" in page.content.decode()
    assert "&lt;script&gt;" in page.content.decode()
    assert "Another time proposed" in coordinator.get("/").content.decode()
    queries = []
    for raw, guest in zip(raws[1:], guests[1:], strict=True):
        received(swapped(reply(raw), (guest.email, "colleague@example.net")))
        with django_assert_max_num_queries(12) as found:
            page = coordinator.get(reverse("mail_review"))
        queries.append(len(found))
        assert "passed on" in page.content.decode()
    assert queries[0] == queries[1]
    row = InboundMail.objects.filter(result=InboundResult.NEEDS_REVIEW).first()
    invitation = Invitation.objects.get(person=guests[1])
    counted = coordinator.post(
        reverse("mail_count", args=[row.pk]), {"person": invitation.pk, "answer": "no"}
    )
    assert counted.status_code == 302
    invitation.refresh_from_db()
    assert invitation.answer == Answer.NO
    proposal = Proposal.objects.get()
    coordinator.post(reverse("proposal_decide", args=[proposal.pk]), {"decision": "accept"})
    session.refresh_from_db()
    assert session.starts_at == wanted
    back = coordinator.post(reverse("invitation_take_back", args=[invitation.pk]))
    assert back.status_code == 302
    assert session.invitations.count() == 2


def test_the_demo_takes_in_a_raw_mail_and_no_other_place_does(client, soon, settings, tmp_path):
    url, file = reverse("demo_mail_receive"), tmp_path / "a.eml"
    file.write_bytes(reply(soon))
    with file.open("rb") as mail:
        assert client.post(url, {"eml": mail}).status_code == 404
    settings.DEMO = True
    with file.open("rb") as mail:
        assert "Answer: Yes." in client.post(url, {"eml": mail}).content.decode()
    assert client.post(url).status_code == 400
    assert client.get(url).status_code == 405
    assert client.post(reverse("demo_mail_answer", args=[10**6])).status_code == 404
