"""Certificates of participation and badges: what they count, who sees them, when they end."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta

import pytest
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common import competences, jose, learned, signing, times
from cop_platform.common.learned import Entry, Learned
from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent
from feedback.validation.domain.proof import checking, participation
from feedback.validation.domain.proof.checking import Result
from feedback.validation.domain.proof.credentials import NotIssuable
from feedback.validation.domain.proof.participation_facts import of_period, said_hours
from feedback.validation.models import Credential, Participation
from sessions.enums import Answer
from sessions.models import CopSession, Invitation
from tests import factories as make
from tests.feedback import world
from tests.reports.writers import pdfcheck

AT = timezone.now()
TODAY = AT.date()
YEAR = {"start": TODAY - timedelta(days=365), "end": TODAY}
LIST = "/my-learning/certificates/"


def invited(user, title, answer=Answer.YES):
    """A session that lies ahead, with this person's answer."""
    session = make.cop_session(title=title)
    make.invitation(session, user.person)
    Invitation.objects.filter(session=session).update(answer=answer, answered_at=make.NOW)
    return session


def took_part(user, title="Evening", answer=Answer.YES, **more):
    """A session that ended a week ago, with this person's answer."""
    session = invited(user, title, answer)
    begun = AT - timedelta(days=7)
    facts = {"wall_day": begun.date(), "starts_at": begun, "ends_at": AT - timedelta(days=6)}
    facts |= {"minutes": 90, "competences": ["lifecomp.s1"]} | more
    CopSession.objects.filter(pk=session.pk).update(**facts)
    return session


def certificate(user, **more) -> Credential:
    return participation.issue_certificate(by=user, at=AT, **YEAR | more)


def check(token: str) -> checking.Checked:
    later = timezone.now() + timedelta(minutes=1)
    return checking.check(token, keys=signing.known_keys(), given=False, at=later)


@given(st.lists(st.integers(5, 1440), min_size=1, max_size=40))
def test_domain_14_hours_are_minutes_divided_by_sixty(lengths):
    entries = [Entry(Learned.SESSION, TODAY, "s", "", "", minutes=n) for n in lengths]
    facts = of_period("A", entries, TODAY, TODAY)
    assert facts.minutes == sum(lengths)
    for said in (said_hours(facts.minutes).replace(",", ""), times.hours(facts.minutes)):
        # Two places are enough to come back to the very minute.
        assert round(float(said) * 60) == facts.minutes
        assert abs(float(said) - facts.minutes / 60) <= 0.005 + 1e-9


@pytest.mark.django_db
def test_only_what_took_place_within_the_period_counts():
    user = make.user()
    took_part(user, "Held")
    took_part(user, "Declined", Answer.NO)
    took_part(user, "Cancelled", cancelled_at=AT)
    took_part(user, "Long ago", wall_day=TODAY - timedelta(days=500))
    ahead = invited(user, "Ahead")
    CopSession.objects.filter(pk=ahead.pk).update(
        starts_at=AT + timedelta(days=1), ends_at=AT + timedelta(days=2)
    )
    row = certificate(user).participation
    assert (row.entries, row.minutes) == (1, 90)
    assert row.competences == {"lifecomp.s1": 1}


@pytest.mark.django_db
def test_the_same_facts_give_the_same_certificate_and_other_facts_another():
    user = make.user()
    took_part(user)
    first = certificate(user)
    assert certificate(user).pk == first.pk
    assert AuditEvent.objects.filter(deed="certificate issued").count() == 1
    took_part(user, "Second")
    assert certificate(user).pk != first.pk


@pytest.mark.django_db
def test_without_a_session_there_is_a_sentence_and_no_row(as_user):
    page = as_user(make.user()).post(LIST, {"start": "", "end": ""})
    assert "there is nothing yet" in page.content.decode()
    assert Credential.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"start": "2026-05-01", "end": "2026-04-01"}, "ends before it starts"),
        ({"start": "1800-01-01", "end": ""}, "2000"),
        ({"start": "nonsense", "end": ""}, "valid date"),
        ({"start": "", "end": "2099-01-01"}, "lies ahead"),
    ],
)
def test_a_period_that_is_none_is_said_beside_its_field(as_user, days, said):
    user = make.user()
    took_part(user)
    page = as_user(user).post(LIST, days).content.decode()
    assert said in page
    assert Credential.objects.count() == 0


@pytest.mark.django_db
def test_domain_14_the_verify_link_is_valid_and_says_exactly_what_was_counted(as_user, client):
    user = make.user()
    took_part(user)
    assert as_user(user).post(LIST, {"start": "", "end": ""}).status_code == 302
    row = Credential.objects.get()
    payload = jose.read(row.token).payload
    page = client.get("/verify/" + payload["id"].partition("/verify/")[2]).content.decode()
    for said in (user.person.name, "1.5", "LifeComp: Empathy (1)", "It holds", "not recorded"):
        assert said in page
    assert "Evening" not in page
    assert user.email not in page
    assert check(row.token) == checking.Checked(Result.AUTHENTIC, (), payload)


@pytest.mark.django_db
def test_the_token_carries_name_hours_and_a_hashed_address_and_no_session():
    user = make.user()
    took_part(user)
    said = jose.read(certificate(user).token).payload
    subject = said["credentialSubject"]
    named, hashed = subject["identifier"]
    assert named["identityHash"] == user.person.name
    wanted = hashlib.sha256(f"{user.email}{hashed['salt']}".encode()).hexdigest()
    assert hashed["identityHash"] == f"sha256${wanted}"
    assert "1 session, 1.5 hours (90 minutes)" in subject["achievement"]["description"]
    assert subject["achievement"]["alignment"][0]["targetName"] == "Empathy"
    text = json.dumps(said)
    assert [s for s in (user.email, "Evening") if s in text] == []


@pytest.mark.django_db
def test_an_altered_token_fails(client):
    user = make.user()
    took_part(user)
    head, body, sign = certificate(user).token.split(".")
    said = jose.read(f"{head}.{body}.{sign}").payload | {"name": "Ten thousand hours"}
    forged = f"{head}.{signing.base64url(json.dumps(said).encode())}.{sign}"
    assert check(forged).result == Result.ALTERED
    page = client.post(reverse("verify"), {"credential": forged}).content.decode()
    assert "was altered" in page


@pytest.mark.django_db
def test_taken_back_it_names_nobody_and_the_list_says_so(as_user, client):
    user = make.user()
    took_part(user)
    row = certificate(user)
    as_user(user).post(reverse("credential_take_back", args=[row.key]))
    page = client.get(reverse("verify_credential", args=[row.key])).content.decode()
    assert "It was taken back" in page
    assert user.person.name not in page
    assert checking.with_status(check(row.token), TODAY).result == Result.REVOKED
    revoked = client.get(reverse("verify_revoked")).json()["revokedCredential"]
    assert [one["id"] for one in revoked] == [jose.read(row.token).payload["id"]]
    assert certificate(user).pk != row.pk


@pytest.mark.django_db
def test_the_manager_withdraws_with_a_reason_and_the_same_is_not_signed_again(as_user):
    user, manager = make.user(), make.user(Role.PROJECT_MANAGER)
    took_part(user)
    row = certificate(user)
    url = reverse("certificate_withdraw", args=[row.key])
    assert as_user(user).post(url, {"reason": "Mine."}).status_code == 403
    assert "required" in as_user(manager).post(url, {"reason": ""}).content.decode()
    assert as_user(manager).post(url, {"reason": "Counted twice."}).status_code == 302
    row.refresh_from_db()
    assert row.revoked_because == "Counted twice."
    assert "Counted twice." in as_user(user).get(LIST).content.decode()
    with pytest.raises(NotIssuable, match=r"Counted twice\."):
        certificate(user)
    with pytest.raises(participation.AlreadyWithdrawn):
        participation.withdraw(key=row.key, reason="Again.", by=manager, at=AT)
    with pytest.raises(Refused):
        participation.withdraw(key=row.key, reason="No.", by=user, at=AT)


@pytest.mark.django_db
def test_a_foreign_certificate_is_a_missing_one(as_user):
    user = make.user()
    took_part(user)
    row = certificate(user)
    for by in (make.user(), make.user(Role.PROJECT_MANAGER)):
        other = as_user(by)
        for name in ("certificate_pdf", "certificate_docx", "credential_file"):
            assert other.get(reverse(name, args=[row.key])).status_code == 404
        assert other.post(reverse("credential_take_back", args=[row.key])).status_code == 404
    assert (
        as_user(make.user()).get(reverse("certificate_withdraw", args=[row.key])).status_code == 404
    )


@pytest.mark.django_db
def test_the_facts_never_change():
    user = make.user()
    took_part(user)
    row = certificate(user).participation
    with pytest.raises(InternalError), transaction.atomic():
        Participation.objects.filter(pk=row.pk).update(minutes=6000)


@pytest.mark.django_db
def test_a_leaver_s_certificate_goes_with_them(client):
    person = make.person()
    row = world.certificate(person)
    person.delete()
    assert (Credential.objects.count(), Participation.objects.count()) == (0, 0)
    assert client.get(reverse("verify_credential", args=[row.key])).status_code == 404


@pytest.mark.django_db
def test_three_with_one_competence_make_a_badge_and_two_do_not(as_user, client):
    user = make.user()
    for n in range(2):
        took_part(user, f"Evening {n}")
    with pytest.raises(NotIssuable):
        participation.issue_badge(competence="lifecomp.s1", by=user, at=AT)
    took_part(user, "Third")
    own = as_user(user)
    for _press in range(2):
        assert own.post(reverse("badge_issue"), {"competence": "lifecomp.s1"}).status_code == 302
    row = Credential.objects.get()
    assert (row.participation.entries, row.participation.competence) == (3, "lifecomp.s1")
    assert own.get(LIST).context["badges"] == [("lifecomp.s1", "LifeComp: Empathy", 3, True)]
    page = client.get(reverse("verify_credential", args=[row.key])).content.decode()
    assert "LifeComp: Empathy" in page
    assert check(row.token).result == Result.AUTHENTIC
    own.post(reverse("badge_issue"), {"competence": "nonsense"})
    assert Credential.objects.count() == 1


@pytest.mark.django_db
def test_a_review_trains_what_every_review_trains():
    found = world.review_round()
    user = make.user()
    world.answered(found, user.person)
    trained = {c for e in learned.of(user, AT) if e.kind == Learned.REVIEW for c in e.competences}
    assert trained == set(competences.OF_A_REVIEW)


@pytest.mark.django_db
def test_both_papers_say_how_hours_are_counted_and_are_the_same_bytes_twice(as_user):
    user = make.user()
    took_part(user)
    row = certificate(user)
    client = as_user(user)
    for url in (reverse("certificate_pdf", args=[row.key]), reverse("my_learning_pdf")):
        first = client.get(url, {"language": "en"})
        assert first["Content-Type"] == "application/pdf"
        assert first.content == client.get(url, {"language": "en"}).content
        # A long address is broken where its line ends, at a hyphen that reads as another sign.
        text = re.sub(r"[^\w.]", "", pdfcheck.text_of(first.content))
        for said in ("countedfromacceptedinvitations", "1.50", row.key.hex, "Empathy"):
            assert said in text
    for name, keys in (("certificate_docx", [row.key]), ("my_learning_docx", [])):
        assert client.get(reverse(name, args=keys)).content[:2] == b"PK"


@pytest.mark.django_db
def test_more_certificates_cost_no_more_queries(as_user):
    user = make.user(Role.PROJECT_MANAGER)
    client = as_user(user)
    counts = []
    for n in range(3):
        took_part(user, f"Evening {n}")
        certificate(user)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(LIST).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[2] <= 12
