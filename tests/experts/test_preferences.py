"""What people choose about their mails, with a log-in and by the link in a mail."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from cop_platform.common import tokens
from experts.domain import message_kinds, outbox, people, preferences, wishes
from experts.domain.message_kinds import Mail, MessageKind
from experts.domain.quiet import Habits
from experts.domain.wishes import Wishes
from experts.enums import Cadence, Channel, MessageState, Topic
from experts.models import AuditEvent, MailHabits, Message, MessagePreference, Person
from tests import factories as make

pytestmark = pytest.mark.django_db
NOTE = "test_note"
# 23:00 in Sofia.
IN_THE_NIGHT = datetime.fromisoformat("2026-11-25T21:00Z")
IN_THE_MORNING = datetime.fromisoformat("2026-11-26T06:00Z")


@pytest.fixture(autouse=True)
def note(monkeypatch):
    """A kind that comes unasked."""
    kind = MessageKind(
        name=NOTE,
        label="Note",
        load=message_kinds.by_row(Person.objects.all),
        still_true=lambda *_: True,
        render=lambda *_: Mail("A note", "Hello"),
        topic=Topic.REMINDERS,
        waits=True,
    )
    monkeypatch.setitem(message_kinds._kinds, NOTE, kind)


def planned(person: Person, *, at: datetime = IN_THE_NIGHT, **more) -> Message:
    outbox.plan(
        kind=NOTE,
        object_id=person.pk,
        person=person,
        due_at=at,
        key=f"note:{person.pk}:{at:%H%M}",
        at=make.NOW,
        **more,
    )
    return Message.objects.get(person=person)


def end_link(person: Person, topic: str = Topic.REMINDERS) -> str:
    return reverse("unsubscribe", args=[wishes.link_token(person.pk), topic])


def mails(person: Person, topic: Topic = Topic.REMINDERS) -> str:
    return str(preferences.of(person).cadence(topic, Channel.MAIL))


def choose(person: Person, *, habits: Habits | None = None, **cadences: str) -> None:
    chosen = {(Topic(name), Channel.MAIL): value for name, value in cadences.items()}
    wanted = Wishes(habits or Habits(), chosen)
    preferences.choose(person_id=person.pk, wanted=wanted, by=None, at=make.NOW)


def typed(**changes: object) -> dict[str, object]:
    """The form of all choices as a person with an account sends it unchanged."""
    every = {f"mail_{t}": "at_once" for t in wishes.CHOSEN_TOPICS}
    every |= {f"app_{t}": "at_once" for t in wishes.CHOSEN_TOPICS}
    return {**every, "quiet_from": "21", "quiet_until": "8", "weekends": "on", **changes}


# --- The link that ends mails of a topic ---


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_calendar_case_45_a_scanner_that_opens_the_link_changes_nothing(client, method):
    person = make.person(account=False)
    getattr(client, method)(end_link(person))
    getattr(client, method)(end_link(person, Topic.CHANGES))
    assert not MessagePreference.objects.exists()
    assert not AuditEvent.objects.filter(deed="mails chosen").exists()


def test_calendar_case_45_the_button_changes_it_once(client):
    person = make.person(account=False)
    for _ in range(2):
        assert client.post(end_link(person)).status_code == 200
    assert mails(person) == Cadence.OFF
    assert mails(person, Topic.CHANGES) == Cadence.AT_ONCE
    assert AuditEvent.objects.filter(deed="mails chosen").count() == 1


def test_a_mail_program_ends_them_with_one_post_without_cookies(client):
    person = make.person(account=False)
    client.handler.enforce_csrf_checks = True
    page = client.post(
        end_link(person),
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert (page.status_code, mails(person)) == (200, Cadence.OFF)
    assert not page.cookies


def test_the_page_says_what_will_happen_and_then_what_was_done(client):
    person = make.person(account=False)
    before, after = client.get(end_link(person)), client.post(end_link(person))
    assert "End mails about: Reminders of sessions?" in before.content.decode()
    assert "Ended: Reminders of sessions." in after.content.decode()


def test_undo_brings_them_back_as_often_as_before(client):
    person = make.person(account=False)
    choose(person, reminders=Cadence.DAILY)
    page = client.post(end_link(person))
    client.post(end_link(person), {"mails": [":".join(pair) for pair in page.context["ended"]]})
    assert mails(person) == Cadence.DAILY


def test_mails_that_are_ended_can_be_had_again(client):
    person = make.person(account=False)
    choose(person, reminders=Cadence.OFF)
    assert "Send them to me again" in client.get(end_link(person)).content.decode()
    client.post(end_link(person), {"mails": ["reminders:at_once"]})
    assert mails(person) == Cadence.AT_ONCE


def test_a_digests_link_ends_every_gathered_topic_and_no_other(client):
    person = make.person(account=False)
    choose(person, reminders=Cadence.DAILY, news=Cadence.WEEKLY)
    client.post(end_link(person, wishes.DIGEST))
    ended = [topic for topic in wishes.CHOSEN_TOPICS if mails(person, topic) == Cadence.OFF]
    assert ended == [Topic.REMINDERS, Topic.NEWS]


@pytest.mark.parametrize("name", ["unsubscribe", "guest_mails"])
def test_a_guessed_or_foreign_token_opens_nothing(client, name):
    one, other = make.person(account=False), make.person(account=False)
    proof = wishes.link_token(one.pk).partition(".")[2]
    session_token = tokens.make("answer", one.pk, one.pk, 1)
    for token in (f"{other.pk}.{proof}", f"{one.pk}.x", "x", "99999999.y", session_token):
        args = [token, Topic.REMINDERS] if name == "unsubscribe" else [token]
        for ask in (client.get, client.post):
            assert ask(reverse(name, args=args)).status_code == 404
    assert not MessagePreference.objects.exists()


@pytest.mark.parametrize("topic", ["account", "nothing", "end"])
def test_a_topic_nobody_chooses_about_is_not_there(client, topic):
    assert client.post(end_link(make.person(account=False), topic)).status_code == 404


def test_the_unsubscribe_page_speaks_arabic(client):
    page = client.get(end_link(make.person(account=False)) + "?lang=ar").content.decode()
    assert 'dir="rtl"' in page
    assert "End these mails" not in page


@pytest.mark.parametrize(
    ("language", "said"),
    [("bg", "Спри тези писма"), ("sv", "Avsluta de här mejlen"), ("so", "End these mails")],
)
def test_the_page_speaks_the_language_of_the_readers_mails(client, language, said):
    page = client.get(end_link(make.person(account=False, language=language)))
    assert said in page.content.decode()
    assert page.headers["Content-Language"] == ("en" if language == "so" else language)


# --- All choices on one page ---


def test_a_guest_chooses_for_every_topic_without_a_log_in(client):
    person = make.person(account=False)
    url = reverse("guest_mails", args=[wishes.link_token(person.pk)])
    page = client.post(url, typed(mail_reminders="weekly", quiet_from="20", weekends=""))
    chosen = preferences.of(person)
    assert "Your choices were saved." in page.content.decode()
    assert (mails(person), chosen.habits) == (Cadence.WEEKLY, Habits(20, 8, False))


def test_a_guest_without_an_account_is_not_asked_about_the_platform(client):
    url = reverse("guest_mails", args=[wishes.link_token(make.person(account=False).pk)])
    page = client.get(url).content.decode()
    assert "By mail" in page
    assert "On the platform" not in page


def test_a_member_chooses_in_the_profile(as_user):
    user = make.user()
    answer = as_user(user).post(reverse("mail_choices"), typed(app_news="off", mail_news="daily"))
    chosen = preferences.of(user.person)
    assert answer.status_code == 302
    assert chosen.cadence(Topic.NEWS, Channel.APP) == Cadence.OFF
    assert chosen.cadence(Topic.NEWS, Channel.MAIL) == Cadence.DAILY


@pytest.mark.parametrize(
    "wrong", [{"mail_news": "hourly"}, {"quiet_from": "24"}, {"quiet_until": "x"}]
)
def test_a_wrong_value_is_said_beside_its_field_and_nothing_is_kept(as_user, wrong):
    page = as_user(make.user()).post(
        reverse("mail_choices"), typed(mail_reminders="daily", **wrong)
    )
    assert page.status_code == 200
    assert list(page.context["form"].errors) == list(wrong)
    assert page.context["form"]["mail_reminders"].value() == "daily"
    assert not MessagePreference.objects.exists()


def test_choosing_twice_keeps_the_last_choice_only():
    person = make.person()
    choose(person, reminders=Cadence.DAILY)
    choose(person)
    assert (mails(person), MessagePreference.objects.count()) == (Cadence.AT_ONCE, 0)
    assert MailHabits.objects.count() == 1


# --- What waits follows what is chosen ---


def test_a_reminder_is_planned_for_the_end_of_the_readers_night():
    assert planned(make.person()).due_at == IN_THE_MORNING


def test_a_deed_is_told_at_once_also_in_the_night():
    person = make.person()
    outbox.plan(
        kind="session_cancellation",
        object_id=1,
        person=person,
        due_at=IN_THE_NIGHT,
        key="deed",
        at=IN_THE_NIGHT,
    )
    assert Message.objects.get(key="deed").due_at == IN_THE_NIGHT


def test_without_quiet_hours_what_waits_goes_when_it_was_wanted():
    person = make.person()
    message = planned(person)
    choose(person, habits=Habits(8, 8))
    message.refresh_from_db()
    assert (message.due_at, message.payload) == (IN_THE_NIGHT, {})


def test_a_new_clock_moves_what_waits():
    user = make.user()
    message = planned(user.person)
    profile = people.Profile("N", "Atlantic/Azores", "el", [], "", True)
    people.save_profile(by=user, profile=profile, at=make.NOW)
    message.refresh_from_db()
    assert (message.zone, message.language) == ("Atlantic/Azores", "el")
    # 20:00 on the Azores: not quiet there.
    assert message.due_at == IN_THE_NIGHT


def test_a_message_planned_again_keeps_to_the_hours_too():
    message = planned(make.person())
    outbox.withdraw(kinds=[NOTE], object_ids=[message.object_id])
    back = outbox.plan_again([message.key], due_at=IN_THE_NIGHT, payload={"n": 1}, at=make.NOW)
    message.refresh_from_db()
    assert (back, message.state) == (1, MessageState.PLANNED)
    assert (message.due_at, message.payload["n"]) == (IN_THE_MORNING, 1)


def test_the_next_attempt_of_a_refused_mail_stays_where_it_is():
    person = make.person()
    message = planned(person)
    Message.objects.update(attempts=1, due_at=IN_THE_NIGHT)
    choose(person, habits=Habits(20, 10))
    message.refresh_from_db()
    assert message.due_at == IN_THE_NIGHT


@pytest.mark.parametrize("count", [1, 3])
def test_planning_asks_as_often_for_many_as_for_one(count, django_assert_num_queries):
    rows = [(1, make.person(), f"k{n}") for n in range(count)]
    with django_assert_num_queries(2):
        outbox.plan_many(kind=NOTE, rows=rows, due_at=IN_THE_NIGHT, at=make.NOW)


@pytest.mark.parametrize("count", [1, 3])
def test_choosing_asks_as_often_for_many_waiting_as_for_one(count, django_assert_max_num_queries):
    person = make.person()
    for hour in range(count):
        planned_at = IN_THE_NIGHT + timedelta(hours=hour)
        outbox.plan(
            kind=NOTE, object_id=1, person=person, due_at=planned_at, key=str(hour), at=make.NOW
        )
    with django_assert_max_num_queries(26):
        choose(person, habits=Habits(22, 7))
