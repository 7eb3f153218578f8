"""Asking people in every way, and one record of each answer, whichever way it came."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cop_platform.common.refusals import Refused
from experts.domain import sender
from experts.enums import Profession, Role
from experts.models import Charter, Expert, Person, Topic
from sessions.domain import guest_lists, guests, invitations
from sessions.enums import Answer, AnsweredBy, AskedThrough
from sessions.models import Invitation
from tests import factories as make
from tests.sessions import seating

pytestmark = pytest.mark.django_db
SOON = (timezone.now() + timedelta(days=20)).date()


def expert(profession: str, code: str = "BG", **more) -> Person:
    person = make.person(code=code, account=False, **more)
    Expert.objects.create(person=person, profession=profession)
    return person


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


@pytest.fixture
def session(coordinator):
    return make.cop_session(by=coordinator, at=timezone.now(), day=SOON)


@pytest.fixture
def client(as_user, coordinator):
    return as_user(coordinator)


def url(session, query: str = "") -> str:
    return reverse("session_invite", args=[session.pk]) + query


def shown(client, session, query: str) -> list[Person]:
    return client.get(url(session, query)).context["found"].people


def ticked(page) -> set[str]:
    return set(page.context["form"]["people"].value())


def keys(*people: Person) -> set[str]:
    return {str(person.pk) for person in people}


def test_the_whole_community_is_ticked_and_who_was_asked_is_left_alone(client, session):
    asked, new = make.person(), make.person()
    make.invitation(session, asked)
    page = client.get(url(session, "?how=cop"))
    assert asked not in page.context["found"].people
    assert [i.person for i in page.context["found"].asked] == [asked]
    assert str(new.pk) in ticked(page)
    client.post(url(session, "?how=cop"), {"people": list(ticked(page))})
    assert Invitation.objects.get(person=new).asked_through == AskedThrough.COP
    assert Invitation.objects.get(person=asked).asked_through == AskedThrough.PERSON


def test_by_name_nobody_is_ticked_and_the_whole_directory_is_searched(client, session):
    maria = make.person(code="IT", name="Maria Rossi")
    make.person(code="IT", name="Maria Hidden", in_directory=False)
    page = client.get(url(session, "?how=person&q=maria"))
    assert page.context["found"].people == [maria]
    assert ticked(page) == set()
    posted = {"people": [maria.pk], "without_path": "on"}
    client.post(url(session, "?how=person&q=maria"), posted)
    assert Invitation.objects.get().person == maria


def test_by_topic_come_members_of_communities_with_it_and_those_who_offer_to_be_asked(
    client, session
):
    charter = Charter.objects.create(
        cop=make.cop(make.country("IT")), domain="d", purpose="p", adopted_on=date(2026, 1, 1)
    )
    Topic.objects.create(charter=charter, name="Care work")
    member = make.person(code="IT")
    teller = make.person(code="BG", ask_me_about="papers, care work and night shifts")
    make.person(code="BG")
    assert shown(client, session, "?how=topic&topic=Care+work") == [teller]
    everywhere = shown(client, session, "?how=topic&topic=Care+work&everywhere=on")
    assert everywhere == [teller, member]


@pytest.mark.parametrize(
    ("role", "expected"),
    [("profession:psychologist", "psychologist"), ("role:facilitator", "facilitator")],
)
def test_by_role_come_a_profession_or_a_role_in_the_community(client, session, role, expected):
    people = {
        "psychologist": expert(Profession.PSYCHOLOGIST),
        "facilitator": make.person(Role.FACILITATOR),
    }
    expert(Profession.RESEARCHER)
    page = client.get(url(session, f"?how=role&role={role}"))
    assert page.context["found"].people == [people[expected]]
    client.post(url(session, f"?how=role&role={role}"), {"people": list(ticked(page))})
    assert Invitation.objects.get().asked_through == AskedThrough.ROLE


def test_a_quota_proposes_so_many_of_each_country_of_many_professions(client, session):
    for profession in ("psychologist", "psychologist", "psychologist", "researcher", "case_worker"):
        expert(profession, "EL")
    italian = expert("researcher", "IT")
    page = client.get(url(session, "?how=quota&from_EL=3&from_IT=3"))
    found = page.context["found"]
    chosen = [p for p in found.people if str(p.pk) in ticked(page)]
    assert sorted(p.expert.profession for p in chosen if p.country.code == "EL") == [
        "case_worker",
        "psychologist",
        "researcher",
    ]
    assert italian in chosen
    assert [(country.code, left) for country, left in found.short] == [("IT", 1)]
    assert "only 1 person is left to ask" in page.content.decode()
    posted = {"people": list(ticked(page)), "without_path": "on"}
    client.post(url(session, "?how=quota&from_EL=3&from_IT=3"), posted)
    assert Invitation.objects.filter(asked_through=AskedThrough.QUOTA).count() == 4
    # The professions asked already count the next time.
    again = client.get(url(session, "?how=quota&from_EL=1"))
    assert {p.expert.profession for p in again.context["found"].people} == {"psychologist"}


def test_balance_prefers_the_professions_that_were_not_asked_yet():
    people = [expert(p) for p in ("case_worker", "researcher", "researcher")]
    chosen = guest_lists.balanced(people, 1, guest_lists.Counter({"case_worker": 1}))
    assert chosen == {people[1].pk}


@pytest.mark.parametrize(
    "query",
    ["?how=quota&from_EL=-1", "?how=quota&from_EL=9999999999", "?how=quota&from_EL=x",
     "?how=topic&topic=nothing", "?how=role&role=wizard", "?how=role", "?how=<b>", "?how=topic",
     "?how=quota", "?how=person&q=" + "x" * 3000],
)  # fmt: skip
def test_strange_wishes_get_a_page_and_ask_nobody(client, session, query):
    make.person(code="EL")
    assert client.get(url(session, query)).status_code == 200
    assert client.post(url(session, query), {"people": ["1", "x"]}).status_code == 200
    assert not Invitation.objects.exists()


def test_who_was_asked_already_is_not_asked_twice_and_the_page_says_so(client, session):
    guest = make.person()
    first = client.post(url(session), {"people": [guest.pk]})
    assert first.status_code == 302
    second = client.post(url(session), {"people": [guest.pk]})
    assert second.context["form"].errors["people"] == ["Choose people from this list."]
    assert Invitation.objects.count() == 1


def test_one_and_two_hundred_people_take_the_same_number_of_queries(client, session, coordinator):
    counts = []
    for number in (1, 200):
        people = [make.person(account=False) for _ in range(number)]
        with CaptureQueriesContext(connection) as shows:
            client.get(url(session, "?how=cop"))
        with CaptureQueriesContext(connection) as sends:
            page = client.post(url(session, "?how=cop"), {"people": [p.pk for p in people]})
        assert page.status_code == 302
        with CaptureQueriesContext(connection) as reads:
            client.get(session.get_absolute_url())
        counts.append((len(shows), len(sends), len(reads)))
    # The first list has no prefetched guests that were asked before; after that nothing grows.
    assert counts[1][1:] == counts[0][1:]
    assert counts[1][0] <= counts[0][0] + 1
    assert Invitation.objects.count() == 201


GUEST = {
    "name": "Maria Rossi",
    "email": "Maria@Guest.example",
    "language": "it",
    "zone": "Europe/Rome",
    "country": "",
    "agreed": "on",
}


def test_an_external_guest_has_a_sponsor_consent_and_no_place_in_any_directory(
    client, session, coordinator
):
    client.post(url(session, "?how=external"), GUEST)
    invitation = Invitation.objects.get()
    person = invitation.person
    assert (person.email, person.language, person.zone) == (
        "maria@guest.example",
        "it",
        "Europe/Rome",
    )
    assert (person.in_directory, person.memberships.count(), person.user) == (False, 0, None)
    assert invitation.asked_through == AskedThrough.EXTERNAL
    assert invitation.sponsor == coordinator.person
    assert invitation.consented_at is not None
    assert "Maria Rossi" in client.get(session.get_absolute_url()).content.decode()


def test_without_consent_nobody_from_outside_is_written_down(client, session, coordinator):
    page = client.post(url(session, "?how=external"), GUEST | {"agreed": ""})
    assert "Ask first" in str(page.context["form"].errors["agreed"])
    assert page.context["form"]["name"].value() == "Maria Rossi"
    guest = guests.Guest("Maria", "maria@guest.example", "it", "Europe/Rome")
    with pytest.raises(guests.NoConsent):
        guests.invite_guest(
            session_id=session.pk, guest=guest, agreed=False, by=coordinator, at=timezone.now()
        )
    assert not Person.objects.filter(email__iexact="maria@guest.example").exists()


def test_an_address_we_know_is_that_person_and_is_asked_once(client, session):
    known = make.person(email="maria@guest.example")
    client.post(url(session, "?how=external"), GUEST)
    again = client.post(url(session, "?how=external"), GUEST)
    assert Invitation.objects.get().person == known
    assert again.context["form"].errors["email"] == ["This person is invited already."]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "<b>x</b>"), ("name", "A\x00"), ("email", "x"), ("zone", "Mars"), ("language", "xx"),
     ("country", "99999"), ("name", "x" * 100_000)],
)  # fmt: skip
def test_a_guest_badly_described_is_not_written_down(client, session, field, value):
    page = client.post(url(session, "?how=external"), GUEST | {field: value})
    assert page.status_code in {200, 400}
    assert not Invitation.objects.exists()


def test_a_guest_without_consent_on_record_is_never_mailed(session, mailoutbox):
    invitation = make.invitation(session, make.person(account=False))
    Invitation.objects.filter(pk=invitation.pk).update(asked_through=AskedThrough.EXTERNAL)
    sender.send_due(at=timezone.now() + timedelta(minutes=5))
    assert mailoutbox == []


def test_the_mail_to_a_guest_says_who_gave_the_address(client, session, coordinator, mailoutbox):
    client.post(url(session, "?how=external"), GUEST | {"language": "en"})
    sender.send_due(at=timezone.now() + timedelta(minutes=5))
    (mail,) = mailoutbox
    assert f"because {coordinator.person.name} told us that you agreed" in mail.body
    assert "because you belong to" not in mail.alternatives[0][0]


def test_only_those_who_run_the_session_ask_guests_from_outside(session):
    guest = guests.Guest("Maria", "maria@guest.example", "it", "Europe/Rome")
    with pytest.raises(Refused):
        guests.invite_guest(
            session_id=session.pk,
            guest=guest,
            agreed=True,
            by=make.user(Role.COORDINATOR, "IT"),
            at=timezone.now(),
        )


def test_lesson_b10_nextcloud_calendar_8748_link_page_and_mail_write_one_record(session):
    guest = make.person()
    invitation = make.invitation(session, guest)
    now = timezone.now()
    seating.say(invitation, Answer.YES, at=now)
    invitations.answer_on_page(
        invitation_id=invitation.pk, answer=Answer.MAYBE, note="", by=guest.user, at=now
    )
    stamp = now - timedelta(seconds=5)
    invitations._answer(
        invitation.pk, Answer.NO, "ill", AnsweredBy.MAIL, now, reply_stamp=stamp, sequence=0
    )
    found = Invitation.objects.get()
    assert (found.answer, found.answered_by, found.note) == (Answer.NO, AnsweredBy.MAIL, "ill")
    assert (found.answered_sequence, found.replied_stamp) == (0, stamp)


def test_looking_notes_nothing_and_a_button_notes_that_the_link_was_used(client, session):
    invitation = make.invitation(session, make.person())
    link = reverse("session_answer", args=[invitations.link_token(invitation)])
    for method in (client.get, client.head):
        method(link)
    invitation.refresh_from_db()
    assert invitation.opened_at is None
    page = client.post(link, {"later": "1"})
    assert "This link stays open until the session starts." in page.content.decode()
    invitation.refresh_from_db()
    opened = invitation.opened_at
    assert (opened is not None, invitation.answer) == (True, Answer.NONE)
    client.post(link, {"answer": "yes"})
    invitation.refresh_from_db()
    assert (invitation.opened_at, invitation.answer) == (opened, Answer.YES)


def test_the_contact_log_shows_sent_link_used_answered_and_the_place_in_the_line(client, session):
    seating.limit(session, 1, at=timezone.now())
    first, second = make.person(), make.person()
    made = [make.invitation(session, person, at=timezone.now()) for person in (first, second)]
    sender.send_due(at=timezone.now() + timedelta(minutes=1))
    for invitation in made:
        seating.say(invitation, Answer.YES, at=timezone.now())
    page = client.get(session.get_absolute_url())
    lines = {line.invitation.person: line for line in page.context["guest_lines"]}
    assert all(line.sent.sent_at for line in lines.values())
    assert all(line.invitation.opened_at for line in lines.values())
    words = page.content.decode()
    assert "by the link in the mail" in words
    assert "Waiting, number 1" in words
    assert "Has a seat" in words


def test_guests_see_no_contact_log(as_user, session):
    guest, other = make.person(), make.person()
    for person in (guest, other):
        make.invitation(session, person)
    page = as_user(guest.user).get(session.get_absolute_url())
    assert other.name not in page.content.decode()
    assert "guest_lines" not in page.context


def test_who_declines_says_why_and_suggests_a_colleague_whom_the_coordinator_finds(client, session):
    invitation = make.invitation(session, make.person())
    link = reverse("session_answer", args=[invitations.link_token(invitation)])
    client.post(
        link, {"answer": "no", "note": "on leave", "suggested": "Maria Rossi, m@guest.example"}
    )
    page = client.get(session.get_absolute_url()).content.decode()
    assert "suggests Maria Rossi, m@guest.example" in page
    find = url(session, "?how=person&amp;q=Maria%20Rossi")
    assert find in page
    # Nobody of that name: one step to the form for guests, filled in.
    empty = client.get(find.replace("&amp;", "&")).content.decode()
    assert "?how=external&amp;name=Maria+Rossi" in empty
    form = client.get(url(session, "?how=external&name=Maria+Rossi,+m@guest.example"))
    assert form.context["form"]["name"].value() == "Maria Rossi"
    assert form.context["form"]["email"].value() == "m@guest.example"


def test_signed_in_people_say_why_on_the_sessions_page(as_user, session):
    guest = make.person()
    invitation = make.invitation(session, guest)
    as_user(guest.user).post(
        reverse("invitation_answer", args=[invitation.pk]),
        {"answer": "no", "note": "on leave", "suggested": "Maria"},
    )
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.note, invitation.suggested) == ("no", "on leave", "Maria")


def test_seats_are_set_on_a_page_of_their_own(client, session):
    greece = make.country("EL")
    page = reverse("session_seats", args=[session.pk])
    done = client.post(page, {"capacity": "12", "seats_EL": "4"})
    assert done.headers["Location"] == session.get_absolute_url()
    session.refresh_from_db()
    assert session.capacity == 12
    assert list(session.country_seats.values_list("country", "seats")) == [(greece.pk, 4)]
    bad = client.post(page, {"capacity": "-3", "seats_EL": "x" * 500})
    assert set(bad.context["form"].errors) == {"capacity", "seats_EL"}
    assert bad.context["form"]["capacity"].value() == "-3"
    session.refresh_from_db()
    assert session.capacity == 12


def test_an_invitation_taken_back_meanwhile_is_answered_with_a_sentence(session):
    invitation = make.invitation(session, make.person())
    Invitation.objects.all().delete()
    with pytest.raises(invitations.TooLate, match="taken back"):
        invitations._answer(invitation.pk, Answer.YES, "", AnsweredBy.PAGE, make.NOW)


def crowd(number: int, tag: str) -> list[Person]:
    home = make.country("BG")
    return Person.objects.bulk_create(
        Person(name=f"Guest {n}", email=f"{tag}{n}@example.org", country=home, zone=home.zone)
        for n in range(number)
    )


@pytest.mark.parametrize("undo_seconds", [0, 20])
def test_inviting_fifty_asks_the_database_as_often_as_inviting_one(
    coordinator, settings, undo_seconds
):
    settings.UNDO_SECONDS = undo_seconds
    counts = []
    for number in (1, 50):
        asked = make.cop_session(by=coordinator, at=timezone.now(), day=SOON)
        people = crowd(number, f"of{number}.")
        with CaptureQueriesContext(connection) as counted:
            new = invitations.invite(
                session_id=asked.pk, people=people, by=coordinator, at=timezone.now()
            )
        assert new == number
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_more_people_than_fit_into_one_request_are_refused_with_a_sentence(
    client, session, monkeypatch
):
    monkeypatch.setattr(invitations, "MAX_AT_ONCE", 2)
    people = [make.person() for _ in range(3)]

    page = client.post(url(session), {"people": [person.pk for person in people]})

    sentence = "These are 3 invitations; at most 2 are sent at once. Choose fewer."
    assert sentence in page.content.decode()
    assert session.invitations.count() == 0
