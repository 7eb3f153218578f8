"""What people wish of their messages, asked at the last moment before one is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings

from cop_platform.common import tokens
from cop_platform.common.prepared import KeysSlot, Prepared, TextsSlot
from cop_platform.common.times import to_utc, to_wall
from experts.domain.fitting import SEND_NOW, habits_of
from experts.domain.links import own_page
from experts.domain.message_kinds import MessageKind
from experts.domain.quiet import Habits, fitted
from experts.enums import Cadence, Channel, NotSent, Topic
from experts.models import Message, MessagePreference, Person, SuppressedAddress

UNSUBSCRIBE = "unsubscribe"
# The kind of mail that carries what was gathered, and the link that ends mails of its topics.
DIGEST = "digest"
# Topics a person chooses about; what concerns the account itself is always sent.
CHOSEN_TOPICS = tuple(topic for topic in Topic if topic != Topic.ACCOUNT)
MONDAY = 0
_CADENCES = Prepared(
    lambda: MessagePreference.objects.filter(person__in=KeysSlot("people")).values_list(
        "person_id", "topic", "channel", "cadence"
    )
)
_SUPPRESSED = Prepared(
    lambda: (
        SuppressedAddress.objects.filter(email__in=TextsSlot("addresses"))
        .order_by()
        .values_list("email")
    )
)


@dataclass(frozen=True)
class Wishes:
    """What one person wishes: hours, and a cadence for each topic and channel that is not at once.

    `suppressed`: mails to the address come back.
    """

    habits: Habits = field(default_factory=Habits)
    cadences: Mapping[tuple[str, str], str] = field(default_factory=dict)
    suppressed: bool = False

    def cadence(self, topic: Topic, channel: Channel) -> Cadence:
        return Cadence(self.cadences.get((topic, channel), Cadence.AT_ONCE))


class Deed(Enum):
    """What the sender does with a message that is due and still true."""

    MAIL = "mail"
    APP = "app"
    GATHER = "gather"
    LATER = "later"
    DROP = "drop"


@dataclass(frozen=True)
class Decision:
    """A deed with what it needs: `due_at` of LATER and GATHER (the digest), `not_sent` of DROP.

    `silent`: the message is not put before the reader on the platform.
    """

    deed: Deed
    due_at: datetime | None = None
    not_sent: str = ""
    silent: bool = False


def of(people: Iterable[Person]) -> dict[int, Wishes]:
    """The wishes of people by their key, in three queries however many they are."""
    people = list(people)
    keys = [person.pk for person in people]
    habits = habits_of(keys)
    cadences: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    for person, topic, channel, cadence in _CADENCES.all(people=keys):
        cadences[person][topic, channel] = cadence
    addresses = [person.email.lower() for person in people]
    suppressed = {email for (email,) in _SUPPRESSED.all(addresses=addresses)}
    return {
        person.pk: Wishes(
            habits.get(person.pk, Habits()),
            cadences.get(person.pk, {}),
            person.email.lower() in suppressed,
        )
        for person in people
    }


def decide(message: Message, kind: MessageKind, wishes: Wishes, at: datetime) -> Decision:
    """What to do at `at` (UTC) with a due message; the first rule that applies decides.

    Account mails and digests go always. A mail to an address that bounces goes nowhere. Where a
    person wants no mail of the topic it is shown on the platform, unless they want that neither.
    What may wait keeps to quiet hours, and is gathered where the digest still comes in time.
    """
    if kind.topic == Topic.ACCOUNT:
        return _always(message, kind, wishes, at)
    silent = wishes.cadence(kind.topic, Channel.APP) == Cadence.OFF
    wanted = wishes.cadence(kind.topic, Channel.MAIL)
    if message.channel == Channel.APP or wanted == Cadence.OFF:
        readable = message.person.user_id is not None and not silent
        return Decision(Deed.APP) if readable else Decision(Deed.DROP, not_sent=NotSent.UNWANTED)
    if wishes.suppressed:
        return Decision(Deed.DROP, not_sent=NotSent.SUPPRESSED)
    if kind.waits and SEND_NOW not in message.payload:
        return _waiting(message, wanted, wishes, silent=silent, at=at)
    return Decision(Deed.MAIL, silent=silent)


def _always(message: Message, kind: MessageKind, wishes: Wishes, at: datetime) -> Decision:
    if wishes.suppressed:
        return Decision(Deed.DROP, not_sent=NotSent.SUPPRESSED)
    if kind.waits:
        return _waiting(message, Cadence.AT_ONCE, wishes, silent=True, at=at)
    return Decision(Deed.MAIL, silent=True)


def _waiting(
    message: Message, wanted: Cadence, wishes: Wishes, *, silent: bool, at: datetime
) -> Decision:
    if wanted != Cadence.AT_ONCE:
        digest_at = next_digest(at, wanted, message.zone, wishes.habits)
        if message.not_after is None or digest_at < message.not_after:
            return Decision(Deed.GATHER, due_at=digest_at, silent=silent)
    free = fitted(at, message.zone, wishes.habits, not_after=message.not_after, at=at)
    return Decision(Deed.LATER, due_at=free) if free > at else Decision(Deed.MAIL, silent=silent)


def next_digest(at: datetime, cadence: Cadence, zone: str, habits: Habits) -> datetime:
    """The next instant (UTC) after `at` at which a daily or weekly digest is due.

    It comes at the hour the quiet ends on the person's clock; weekly on Mondays, and daily on
    every day on which mails are wanted.
    """
    wall = to_wall(at, zone)
    day = wall.replace(hour=habits.quiet_until, minute=0, second=0, microsecond=0)
    while day <= wall or not _has_digest(day, cadence, habits):
        day += timedelta(days=1)
    return to_utc(day, zone, fold=0)


def _has_digest(day: datetime, cadence: Cadence, habits: Habits) -> bool:
    return day.weekday() == MONDAY if cadence == Cadence.WEEKLY else habits.is_free(day)


def way_out(message: Message, kind: MessageKind) -> str:
    """The full address that ends mails like this one without logging in; empty where none does.

    Out of a digest it ends mails of every topic that is gathered.
    """
    if kind.name == DIGEST:
        return unsubscribe_link(message.person_id, DIGEST)
    if kind.topic == Topic.ACCOUNT:
        return ""
    return unsubscribe_link(message.person_id, kind.topic)


def unsubscribe_link(person_id: int, topic: str) -> str:
    """The full address under which a person ends mails of a topic without logging in."""
    return settings.BASE_URL + own_page("unsubscribe", link_token(person_id), topic)


def choices_link(person_id: int) -> str:
    """The full address under which a person chooses about all mails without logging in."""
    return settings.BASE_URL + own_page("guest_mails", link_token(person_id))


def link_token(person_id: int) -> str:
    """What proves whose choices a link opens."""
    return tokens.make(UNSUBSCRIBE, person_id, person_id, 1)
