"""Digests: what a person wants gathered comes in one mail, once, and only while it is true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_platform.common.times import to_wall
from experts.domain import bell, digests, message_kinds, outbox, preferences, wishes
from experts.domain.message_kinds import Mail, MessageKind
from experts.domain.quiet import Habits
from experts.domain.wishes import Deed, Wishes, decide, next_digest
from experts.enums import Cadence, Channel, MessageState, Topic
from experts.models import Message, Person
from tests import factories as make

NOTE = "test_note"
# 11:00 in Sofia on a Tuesday, and the next morning.
AT = make.NOW
MORNING = datetime.fromisoformat("2026-11-25T06:00Z")


@pytest.fixture(autouse=True)
def note(monkeypatch):
    """A kind that comes unasked; its payload says what becomes of it."""

    def render(message: Message, _person, _at) -> Mail:
        if message.payload.get("broken"):
            raise ValueError
        return Mail(f"Note {message.payload.get('n', 1)}", "Hello", link="/sessions/1/")

    kind = MessageKind(
        name=NOTE,
        label="Note",
        load=message_kinds.by_row(Person.objects.all),
        still_true=lambda m, _p, _at: not m.payload.get("over"),
        render=render,
        topic=Topic.REMINDERS,
        waits=True,
    )
    monkeypatch.setitem(message_kinds._kinds, NOTE, kind)


@pytest.fixture
def reader(db) -> Person:
    """Somebody in Sofia who wants reminders once a day."""
    return daily(make.person())


def daily(person: Person, cadence: str = Cadence.DAILY) -> Person:
    chosen = Wishes(cadences={(Topic.REMINDERS, Channel.MAIL): cadence})
    preferences.choose(person_id=person.pk, wanted=chosen, by=None, at=AT)
    return person


def note_to(person: Person, key: str, *, not_after: datetime | None = None, **payload) -> Message:
    outbox.plan(
        kind=NOTE,
        object_id=person.pk,
        person=person,
        due_at=AT,
        key=key,
        at=AT,
        payload=payload,
        not_after=not_after,
    )
    return Message.objects.select_related("person").get(key=key)


def gathered(person: Person, key: str, **payload) -> Message:
    """A message as the sender gathers it."""
    message = note_to(person, key, **payload)
    digests.gather(message, decided(message), AT)
    message.refresh_from_db()
    return message


def decided(message: Message, at: datetime = AT) -> wishes.Decision:
    chosen = wishes.of([message.person])[message.person_id]
    return decide(message, message_kinds.get(message.kind), chosen, at)


def digest_of(person: Person) -> Message:
    return Message.objects.select_related("person").get(person=person, kind=wishes.DIGEST)


def written(digest: Message, at: datetime = MORNING) -> Mail | None:
    """The digest as the sender writes it; None where it is withdrawn."""
    kind = message_kinds.get(wishes.DIGEST)
    about = kind.load([digest])[digest.pk]
    return kind.render(digest, about, at) if kind.still_true(digest, about, at) else None


def states(*messages: Message) -> list[str]:
    for message in messages:
        message.refresh_from_db()
    return [message.state for message in messages]


# --- What is gathered ---


def test_a_reminder_is_gathered_and_one_digest_is_planned_for_the_morning(reader):
    first, second = gathered(reader, "a"), gathered(reader, "b")
    digest = digest_of(reader)
    assert states(first, second) == [MessageState.GATHERED] * 2
    assert (digest.due_at, digest.state) == (MORNING, MessageState.PLANNED)


def test_gathering_twice_plans_one_digest(reader):
    message = note_to(reader, "a")
    for _ in range(2):
        digests.gather(message, decided(message), AT)
    assert Message.objects.filter(kind=wishes.DIGEST).count() == 1


def test_a_reminder_whose_session_starts_before_the_digest_goes_at_once(reader):
    soon = note_to(reader, "a", not_after=MORNING - timedelta(minutes=1))
    assert decided(soon).deed == Deed.MAIL


def test_where_the_digest_left_already_the_message_is_asked_about_again(reader):
    gathered(reader, "a")
    Message.objects.filter(kind=wishes.DIGEST).update(state=MessageState.SENT)
    late = note_to(reader, "b")
    digests.gather(late, decided(late), AT)
    assert states(late) == [MessageState.PLANNED]
    assert late.due_at == MORNING
    assert decided(late, MORNING).due_at == MORNING + timedelta(days=1)


# --- What a digest says ---


def test_it_lists_each_message_with_its_page_under_its_topic(reader):
    gathered(reader, "a", n=1)
    gathered(reader, "b", n=2)
    mail = written(digest_of(reader))
    assert mail.subject == "2 messages for you from the community"
    assert "Reminders of sessions\n- Note 1\n  http" in mail.text
    assert mail.text.index("Note 1") < mail.text.index("Note 2")
    assert mail.html.count("/sessions/1/") == 2


def test_it_is_written_in_the_readers_language(reader):
    Person.objects.update(language="ar")
    reader.refresh_from_db()
    gathered(reader, "a")
    assert digest_of(reader).language == "ar"


def test_a_name_with_a_link_in_it_stays_inert(reader):
    Person.objects.filter(pk=reader.pk).update(name="www.bait.example <b>x</b>")
    gathered(reader, "a")
    mail = written(digest_of(reader))
    assert "www.bait" not in mail.text
    assert "<b>x</b>" not in mail.html


def test_what_is_no_longer_true_is_left_out_and_withdrawn(reader):
    stays, over = gathered(reader, "a"), gathered(reader, "b")
    Message.objects.filter(pk=over.pk).update(payload={"over": True})
    mail = written(digest_of(reader))
    assert mail.subject == "1 message for you from the community"
    assert states(stays, over) == [MessageState.GATHERED, MessageState.WITHDRAWN]
    assert over.not_sent == "untrue"


def test_without_anything_true_there_is_no_digest(reader):
    message = gathered(reader, "a")
    Message.objects.filter(pk=message.pk).update(payload={"over": True})
    assert written(digest_of(reader)) is None
    assert states(message) == [MessageState.WITHDRAWN]


def test_what_its_message_was_about_being_gone_does_not_stop_it(reader):
    gone, stays = gathered(reader, "a"), gathered(reader, "b")
    Message.objects.filter(pk=gone.pk).update(object_id=0)
    assert written(digest_of(reader)).subject.startswith("1 message")
    assert states(gone, stays) == [MessageState.WITHDRAWN, MessageState.GATHERED]


def test_one_unwritable_message_is_parked_and_the_others_are_told(reader):
    first, bad, last = (gathered(reader, key) for key in "abc")
    Message.objects.filter(pk=bad.pk).update(payload={"broken": True})
    assert written(digest_of(reader)).subject.startswith("2 messages")
    assert states(first, bad, last) == ["gathered", "parked", "gathered"]
    assert bad.last_error == "ValueError"


def test_one_unreadable_message_is_parked_and_the_others_are_told(reader, monkeypatch):
    first, bad = gathered(reader, "a"), gathered(reader, "b")
    kind = message_kinds.get(NOTE)

    def load(messages):
        if any(message.pk == bad.pk for message in messages):
            raise LookupError
        return kind.load(messages)

    monkeypatch.setitem(message_kinds._kinds, NOTE, MessageKind(**{**vars(kind), "load": load}))
    assert written(digest_of(reader)).subject.startswith("1 message")
    assert states(first, bad) == ["gathered", "parked"]


# --- When it was sent ---


def sent(digest: Message) -> None:
    """Closes a digest as the sender does."""
    Message.objects.filter(pk=digest.pk).update(state=MessageState.SENT, sent_at=MORNING)
    digests.close(digest, MORNING)


def test_its_messages_are_closed_with_it_and_stand_at_the_bell_one_by_one(reader):
    messages = [gathered(reader, "a"), gathered(reader, "b")]
    digest = digest_of(reader)
    written(digest)
    sent(digest)
    assert states(*messages) == [MessageState.SENT] * 2
    assert {message.digest for message in messages} == {digest}
    assert [notice.subject for notice in bell.notices(bell.of(reader))] == ["Note 1", "Note 1"]
    assert Message.objects.notices_of(reader.pk).unread().count() == 2


def test_killed_before_it_left_nothing_is_lost_and_written_again_nothing_doubled(reader):
    message = gathered(reader, "a")
    digest = digest_of(reader)
    once, twice = written(digest), written(digest)
    assert once == twice
    assert states(message) == [MessageState.GATHERED]
    sent(digest)
    sent(digest)
    assert states(message) == [MessageState.SENT]


def test_what_came_after_it_was_written_waits_for_the_next(reader):
    gathered(reader, "a")
    digest = digest_of(reader)
    written(digest)
    late = gathered(reader, "b")
    sent(digest)
    assert states(late) == [MessageState.GATHERED]
    assert digests.put_back_stranded(at=MORNING) == 1
    assert decided(late, MORNING).due_at == MORNING + timedelta(days=1)


def test_back_to_at_once_what_was_gathered_is_planned_again(reader):
    message = gathered(reader, "a")
    daily(reader, Cadence.AT_ONCE)
    assert states(message) == [MessageState.PLANNED]
    assert message.due_at == AT
    assert decided(message).deed == Deed.MAIL
    assert written(digest_of(reader)) is None


@pytest.mark.parametrize("state", ["withdrawn", "parked", "failed"])
def test_a_digest_that_never_leaves_does_not_keep_its_messages(reader, state):
    message = gathered(reader, "a")
    Message.objects.filter(kind=wishes.DIGEST).update(state=state)
    assert digests.put_back_stranded(at=MORNING) == 1
    assert digests.put_back_stranded(at=MORNING) == 0
    assert states(message) == [MessageState.PLANNED]


def test_what_waits_for_its_digest_is_not_stranded(reader):
    gathered(reader, "a")
    assert digests.put_back_stranded(at=AT) == 0


def test_a_cancelled_digest_is_planned_again_with_the_next_message(reader):
    gathered(reader, "a")
    Message.objects.filter(kind=wishes.DIGEST).update(state=MessageState.WITHDRAWN)
    gathered(reader, "b")
    assert digest_of(reader).state == MessageState.PLANNED


def test_its_link_out_ends_the_digest_and_not_the_account(reader):
    gathered(reader, "a")
    digest = digest_of(reader)
    assert wishes.way_out(digest, message_kinds.get(wishes.DIGEST)).endswith("/mails/digest/")
    account = message_kinds.get("account_mail")
    assert wishes.way_out(digest, account) == ""


def test_a_digest_that_is_late_keeps_to_the_quiet_hours(reader):
    gathered(reader, "a")
    night = MORNING.replace(hour=20)
    later = decided(digest_of(reader), night)
    assert (later.deed, later.due_at) == (Deed.LATER, MORNING + timedelta(days=1))


@pytest.mark.parametrize("count", [1, 3])
def test_gathered_messages_are_read_in_two_queries(reader, count, django_assert_num_queries):
    for number in range(count):
        gathered(reader, str(number))
    digest = digest_of(reader)
    with django_assert_num_queries(4):  # two of them are the savepoint's
        digests.load([digest])


# --- When digests come ---

ZONES = ["Europe/Lisbon", "Europe/Berlin", "Europe/Athens", "Atlantic/Reykjavik", "UTC"]
# Around the nights in which clocks change.
instants = st.one_of(
    st.datetimes(datetime(2026, 3, 27), datetime(2026, 3, 31), timezones=st.just(UTC)),
    st.datetimes(datetime(2026, 10, 23), datetime(2026, 10, 27), timezones=st.just(UTC)),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
)
habits = st.builds(
    Habits, quiet_from=st.integers(0, 23), quiet_until=st.integers(0, 23), weekends=st.booleans()
)
cadences = st.sampled_from([Cadence.DAILY, Cadence.WEEKLY])


@settings(deadline=None)
@given(at=instants, cadence=cadences, zone=st.sampled_from(ZONES), kept=habits)
def test_the_next_digest_is_ahead_and_never_skipped(at, cadence, zone, kept):
    due = next_digest(at, cadence, zone, kept)
    most = timedelta(days=8) if cadence == Cadence.WEEKLY else timedelta(days=3, hours=25)
    assert at < due <= at + most


@settings(deadline=None)
@given(at=instants, cadence=cadences, zone=st.sampled_from(ZONES), kept=habits)
def test_it_comes_at_a_free_hour_on_the_clock_that_wakes_the_reader(at, cadence, zone, kept):
    wall = to_wall(next_digest(at, cadence, zone, kept), zone)
    skipped = wall.hour == kept.quiet_until + 1  # 02:00 does not exist in that night
    assert wall.hour == kept.quiet_until or skipped
    assert kept.is_free(wall) or skipped
    assert cadence != Cadence.WEEKLY or wall.weekday() == wishes.MONDAY


@settings(deadline=None)
@given(at=instants, cadence=cadences, zone=st.sampled_from(ZONES), kept=habits)
def test_until_it_comes_every_message_waits_for_the_same_one(at, cadence, zone, kept):
    due = next_digest(at, cadence, zone, kept)
    between = at + (due - at) / 2
    assert next_digest(between, cadence, zone, kept) == due
