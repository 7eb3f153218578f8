"""The outbox as coordinators read it: where each mail stands, why, and what one mail says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from experts import reference
from experts.domain import contact_log, message_kinds, message_words
from experts.domain.message_kinds import Mail
from experts.enums import Cadence, Channel, MessageState, NotSent, Role, Suppressed, Topic
from experts.models import (
    AuditEvent,
    Message,
    MessagePreference,
    SendingPause,
    SuppressedAddress,
)
from sessions.domain import invitations, notices
from tests import factories as make
from tests.feedback import world as reviews

pytestmark = pytest.mark.django_db
URL = "/outbox/"


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR)


@pytest.fixture
def session(coordinator):
    return make.cop_session(by=coordinator)


@pytest.fixture
def client(as_user, coordinator):
    return as_user(coordinator)


def invited(session, **more) -> Message:
    """The invitation's mail of a new guest."""
    invitation = make.invitation(session, make.person(**more))
    return Message.objects.get(kind=notices.INVITATION, object_id=invitation.pk)


def reminder(session, **more) -> Message:
    invited(session, **more)
    return Message.objects.filter(kind=notices.REMINDER).latest("pk")


def why(message: Message, at=make.NOW, *, paused: bool = False) -> str:
    message = Message.objects.select_related("person").get(pk=message.pk)
    around = message_words.around([message], zone="Europe/Sofia", paused=paused, at=at)
    return message_words.why(message, around)


def put(message: Message, **values) -> Message:
    Message.objects.filter(pk=message.pk).update(**values)
    message.refresh_from_db()
    return message


def pks(client, **query) -> set[int]:
    return {entry.pk for entry in client.get(URL, query).context["entries"]}


# Why it was not sent


def test_a_reminder_due_at_night_waits_for_the_morning_on_the_readers_own_clock(session):
    message = put(
        reminder(session, name="Anna", zone="Europe/Madrid"), due_at=make.NOW.replace(hour=22)
    )
    assert why(message) == (
        "It keeps to quiet hours and goes at Wed 25 Nov 2026, 08:00 on the clock of Anna."
    )


def test_a_mail_the_server_did_not_take_says_when_it_is_tried_again(session):
    message = put(invited(session), attempts=2, last_error="451 busy", due_at=make.NOW)
    assert why(message) == (
        "The mail server did not take it (451 busy); it is tried again at Tue 24 Nov 2026, 11:00."
    )


def test_a_mail_for_a_digest_says_which(session):
    message = reminder(session, name="Anna")
    MessagePreference.objects.create(
        person=message.person, topic=Topic.REMINDERS, channel=Channel.MAIL, cadence=Cadence.DAILY
    )
    put(message, not_after=None)
    assert why(message) == (
        "It comes with the digest of Thu 26 Nov 2026, 08:00 on the clock of Anna."
    )


def test_a_mail_to_an_address_that_bounces_says_what_the_server_said(session):
    message = invited(session)
    SuppressedAddress.objects.create(
        email=message.person.email, since=make.NOW, why=Suppressed.BOUNCE, detail="550 unknown"
    )
    words = "Mails to this address came back (550 unknown), so none is sent there."
    assert why(message) == words
    put(message, state=MessageState.WITHDRAWN, not_sent=NotSent.SUPPRESSED)
    assert why(message) == words


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"state": "withdrawn", "not_sent": "untrue"}, "When it was due, it was no longer true."),
        ({"state": "withdrawn", "not_sent": "cancelled"}, "A coordinator cancelled it."),
        ({"state": "failed", "last_error": "550 no"}, "The mail server refused it: 550 no"),
        ({"state": "bounced", "last_error": "550 no"}, "It came back: 550 no"),
        ({"state": "parked"}, "It could not be written and waits for the platform admin."),
        ({"state": "sent", "sent_at": make.NOW}, ""),
        ({"lease_until": make.NOW + timedelta(minutes=1)}, "It is being sent just now."),
        (
            {"due_at": make.NOW - timedelta(minutes=6)},
            "It is late: the mail server or the worker does not answer.",
        ),
        ({"due_at": make.NOW + timedelta(days=1)}, ""),
    ],
)
def test_each_state_has_its_sentence(session, values, said):
    assert why(put(invited(session), **values)) == said


def test_while_sending_is_paused_a_due_mail_says_so(session):
    assert why(put(invited(session), due_at=make.NOW), paused=True) == (
        "Sending is paused for everybody."
    )


def test_security_why_a_review_reminder_was_not_sent_does_not_tell_who_submitted():
    """Withdrawn because the review came in, or because the round closed: the page is the same."""
    round_ = reviews.review_round("BG")
    reviews.assigned(round_, make.person())
    message = Message.objects.filter(kind__startswith="review_").first()
    said = {
        why(put(message, state=MessageState.WITHDRAWN, not_sent=reason))
        for reason in (NotSent.UNTRUE, NotSent.GONE, NotSent.TAKEN_BACK)
    }
    assert said == {""}


# The list


def test_states_are_told_apart_by_the_filter(client, session):
    messages = [invited(session) for _ in range(3)]
    put(messages[0], state="sent", sent_at=make.NOW)
    put(messages[1], state="sent", sent_at=make.NOW, delivered_at=make.NOW)
    put(messages[2], state="sent", sent_at=make.NOW, delivered_at=make.NOW, answered_at=make.NOW)
    found = [pks(client, state=state) for state in ("sent", "delivered", "answered")]
    assert found == [{message.pk} for message in messages]


def test_the_list_is_narrowed_by_name_topic_day_country_and_session(client, coordinator, session):
    anna, other = invited(session, name="Anna"), invited(session)
    both = {anna.pk, other.pk}
    assert anna.pk in pks(client, q="anna")
    assert other.pk not in pks(client, q="anna")
    assert pks(client, topic="invitations") == both
    day = timezone.localtime(anna.due_at).date().isoformat()
    assert pks(client, since=day, until=day, kind="session_invitation") == both
    assert pks(client, country="BG", kind=anna.kind) == both
    elsewhere = invited(make.cop_session(by=coordinator))
    assert pks(client, session=session.pk, kind="session_invitation") == both
    assert elsewhere.pk not in pks(client, session=session.pk)


def test_a_mistyped_day_is_said_beside_its_field_and_hides_nothing(client, session):
    message = invited(session)
    answer = client.get(URL, {"since": "31.02."})
    assert answer.status_code == 200
    assert "Enter a valid date." in answer.content.decode()
    assert message.pk in {entry.pk for entry in answer.context["entries"]}


@pytest.mark.parametrize(
    "query", [{"state": "lost"}, {"session": "x"}, {"session": "9" * 30}, {"topic": "x"}]
)
def test_what_the_page_does_not_offer_is_refused(client, query):
    assert client.get(URL, query).status_code == 400


def test_the_mails_of_a_foreign_session_are_not_found(client):
    foreign = make.cop_session("IT")
    assert client.get(URL, {"session": foreign.pk}).status_code == 400


def test_it_is_sorted_as_asked(client, session):
    late, early = invited(session, name="Zoe"), invited(session, name="Anna")
    put(late, due_at=make.NOW + timedelta(hours=1))
    orders = {
        sort: [
            entry.pk
            for entry in client.get(URL, {"sort": sort, "kind": late.kind}).context["entries"]
        ]
        for sort in ("", "oldest", "name")
    }
    assert orders == {
        "": [late.pk, early.pk],
        "oldest": [early.pk, late.pk],
        "name": [early.pk, late.pk],
    }


def test_what_waits_or_broke_is_counted_and_leads_to_its_rows(client, session):
    put(invited(session), state="failed")
    text = client.get(URL).content.decode()
    assert "?state=failed" in text
    assert "?state=parked" not in text


def test_the_outbox_costs_the_same_for_one_mail_and_three(
    client, session, django_assert_num_queries
):
    reference.countries()
    invited(session)
    client.get(URL)
    with django_assert_num_queries(9):
        client.get(URL)
    for _ in range(2):
        invited(session)
    with django_assert_num_queries(9):
        client.get(URL)


# One mail


def test_a_mails_page_tells_its_course_on_both_clocks_and_its_id(client, session):
    message = invited(session, zone="Europe/Madrid")
    put(message, state="bounced", sent_at=make.NOW, bounced_at=make.NOW, last_error="550 gone")
    text = client.get(reverse("message_detail", args=[message.pk])).content.decode()
    for words in ("Planned", "Sent", "Came back", "550 gone", "Europe/Madrid"):
        assert words in text
    assert message.message_id.strip("<>") in text


def test_the_words_are_shown_without_the_readers_own_links(client, session):
    message = invited(session)
    answer = client.get(reverse("message_detail", args=[message.pk]))
    text = answer.content.decode()
    token = invitations.link_token(session.invitations.get(pk=message.object_id))
    assert session.title in answer.context["shown"].words.text
    assert token not in text


def test_a_title_with_markup_stays_words(client, coordinator):
    message = invited(make.cop_session(by=coordinator, title="<b>Hi</b>"))
    text = client.get(reverse("message_detail", args=[message.pk])).content.decode()
    assert "<b>Hi</b>" not in text


def test_log_in_codes_and_reviews_are_not_read(client, as_user):
    round_ = reviews.review_round("BG")
    reviews.assigned(round_, make.person())
    code = Message.objects.create(
        kind="account_mail",
        object_id=1,
        person=make.person(),
        due_at=make.NOW,
        message_id="<1@x>",
        key="code",
        language="en",
        zone="UTC",
        created_at=make.NOW,
        payload={"subject": "Your code", "text": "PQ7-XZ2"},
    )
    review = Message.objects.filter(kind="review_assignment").first()
    for message in (code, review):
        answer = client.get(reverse("message_detail", args=[message.pk]))
        assert answer.context["shown"].words is None
        assert "PQ7-XZ2" not in answer.content.decode()


def test_security_a_reminder_shown_to_a_coordinator_does_not_tell_of_open_reviews(
    client, session, monkeypatch
):
    """A reminder may name the reviews its reader still owes; the page is not the reader."""
    message = put(reminder(session), payload={"sequence": 0, "reviews": True})
    kind = replace(
        message_kinds.get(message.kind),
        render=lambda m, _about, _at: Mail("News", "owes" if m.payload.get("reviews") else "plain"),
    )
    monkeypatch.setitem(message_kinds._kinds, message.kind, kind)
    page = client.get(reverse("message_detail", args=[message.pk])).context["shown"]
    assert page.words.text == "plain"


def test_the_admin_sees_a_mail_without_its_words_and_its_deeds(as_user, session):
    message = invited(session)
    page = (
        as_user(make.user(Role.PLATFORM_ADMIN))
        .get(reverse("message_detail", args=[message.pk]))
        .context["shown"]
    )
    assert page.words is None
    assert not page.deeds


def test_a_mail_that_cannot_be_written_any_more_says_so(client, session):
    message = put(invited(session), object_id=0, state="sent", payload={})
    page = client.get(reverse("message_detail", args=[message.pk])).context["shown"]
    assert page.words.problem == "What it was about was deleted."


def test_the_page_of_a_mail_costs_the_same_for_each(client, session, django_assert_max_num_queries):
    message = invited(session)
    url = reverse("message_detail", args=[message.pk])
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)


# Deeds on the pages


def test_buttons_do_what_they_say_and_say_it(client, session):
    message = put(invited(session), due_at=timezone.now() + timedelta(days=1))
    url = reverse("message_cancel", args=[message.pk])
    text = client.post(url, follow=True).content.decode()
    assert "Undo the cancellation" in text
    client.post(reverse("message_plan_again", args=[message.pk]))
    client.post(reverse("message_send_now", args=[message.pk]))
    message.refresh_from_db()
    assert message.state == MessageState.PLANNED
    assert message.due_at <= timezone.now()


def test_several_mails_are_shown_first_and_cancelled_with_a_second_click(client, session):
    messages = [invited(session, name="Anna"), invited(session, name="Boris")]
    chosen = {"messages": [m.pk for m in messages], "deed": "cancel"}
    shown = client.post(reverse("message_chosen"), chosen).content.decode()
    assert "2 mails “Invitation to a session” are not sent." in shown
    assert Message.objects.planned().filter(kind=notices.INVITATION).count() == 2
    client.post(reverse("message_chosen"), chosen | {"confirm": "1"})
    assert not Message.objects.planned().filter(kind=notices.INVITATION).exists()


def test_before_sending_several_again_it_says_whose_is_not_and_why(client, coordinator):
    day = (timezone.now() + timedelta(days=9)).date()
    session = make.cop_session(by=coordinator, day=day)
    went, waits = invited(session, name="Anna"), invited(session, name="Boris")
    put(went, state="sent", sent_at=make.NOW)
    chosen = {"messages": [went.pk, waits.pk], "deed": "resend"}
    shown = client.post(reverse("message_chosen"), chosen)
    assert [line.sentence for line in shown.context["preview"].lines] == [
        "1 person gets “Invitation to a session” now.",
        "Stays as it is: Only a mail that was sent or refused can be sent again.",
    ]
    client.post(reverse("message_chosen"), chosen | {"confirm": "1"})
    assert Message.objects.filter(key=f"{went.key}:again:1").exists()


@pytest.mark.parametrize("chosen", [{}, {"messages": ["x"]}, {"messages": ["9" * 30]}])
def test_nothing_chosen_is_said_and_nothing_is_done(client, chosen):
    answer = client.post(reverse("message_chosen"), chosen | {"deed": "cancel"}, follow=True)
    assert "Choose at least one mail first." in answer.content.decode()


def test_foreign_mails_among_the_chosen_stay_untouched(client):
    foreign = invited(make.cop_session("IT"), code="IT")
    chosen = {"messages": [foreign.pk], "deed": "cancel", "confirm": "1"}
    client.post(reverse("message_chosen"), chosen)
    foreign.refresh_from_db()
    assert foreign.state == MessageState.PLANNED


def test_an_address_is_trusted_again_from_the_mail_that_came_back(client, session):
    message = put(invited(session), state="bounced")
    row = SuppressedAddress.objects.create(
        email=message.person.email, since=make.NOW, why=Suppressed.BOUNCE
    )
    detail = reverse("message_detail", args=[message.pk])
    assert "The address is right, try again" in client.get(detail).content.decode()
    answer = client.post(reverse("address_trust", args=[row.pk]), {"message": message.pk})
    assert answer.url == detail
    assert not SuppressedAddress.objects.exists()
    assert AuditEvent.objects.filter(deed="address trusted again").exists()


# A person's contact log


def test_the_contact_log_of_a_person_is_paged_and_narrowed_by_topic(client, session):
    message = invited(session)
    person = message.person
    url = person.get_absolute_url()
    shown = client.get(url, {"topic": "invitations"}).context["contacts"]
    assert [entry.pk for entry in shown.entries] == [message.pk]
    assert client.get(url, {"topic": "news"}).context["contacts"].entries == []
    assert client.get(url, {"topic": "x"}).status_code == 400


def test_the_contact_log_shows_twenty_a_page(session, coordinator):
    message = invited(session)
    copies = [
        Message(
            kind=message.kind,
            object_id=message.object_id,
            person=message.person,
            due_at=make.NOW,
            message_id=f"<{n}@x>",
            key=f"n{n}",
            language="en",
            zone="UTC",
            created_at=make.NOW,
        )
        for n in range(30)
    ]
    Message.objects.bulk_create(copies)
    log = contact_log.of_person(message.person, reader=coordinator, page="2", at=make.NOW)
    assert (len(log.entries), log.page.number) == (12, 2)


def test_a_pause_is_said_on_the_page_of_one_mail(client, session):
    message = put(invited(session), due_at=timezone.now())
    SendingPause.objects.create(since=make.NOW, reason="person")
    page = client.get(reverse("message_detail", args=[message.pk])).context["shown"]
    assert page.entry.note == "Sending is paused for everybody."
