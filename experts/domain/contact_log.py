"""The outbox as a coordinator reads it: what was sent to whom, what waits, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, DateTimeField, Max, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import ngettext

from experts.domain import message_kinds, message_words
from experts.domain.message_words import LATE, Around
from experts.enums import MessageState
from experts.models import Message, Person, SendingPause, User

OF_A_PERSON = 20


@dataclass(frozen=True)
class Entry:
    """One mail, ready to show; `note` says why it stands where it stands."""

    pk: int
    due_at: datetime
    name: str
    url: str
    subject: str
    label: str
    state: str
    state_label: str
    note: str


def entries(messages: Iterable[Message], around: Around) -> list[Entry]:
    return [_entry(message, around) for message in messages]


@dataclass(frozen=True)
class PersonLog:
    """A page of somebody's mails: `page` to leaf through, `entries` ready to show."""

    page: Page[Message]
    entries: list[Entry]


def of_person(
    person: Person, *, reader: User, topic: str = "", page: str | None = None, at: datetime
) -> PersonLog:
    """The mails of a person, the newest first, of one topic where given."""
    found = Message.objects.open_to_others().filter(person=person).select_related("person")
    if topic:
        found = found.filter(kind__in=message_kinds.of_topic(topic))
    shown = Paginator(found, OF_A_PERSON).get_page(page)
    paused = SendingPause.objects.exists()
    said = message_words.around(shown.object_list, zone=reader.person.zone, paused=paused, at=at)
    return PersonLog(shown, entries(shown.object_list, said))


def _entry(message: Message, around: Around) -> Entry:
    return Entry(
        pk=message.pk,
        due_at=message.due_at,
        name=message.person.name,
        url=message.person.get_absolute_url(),
        subject=message.subject,
        label=message_kinds.label(message.kind),
        state=message_words.stands(message),
        state_label=message_words.label(message),
        note=message_words.why(message, around),
    )


@dataclass(frozen=True)
class OpenLine:
    """A state and how many messages stand in it."""

    state: str
    label: str
    count: int


@dataclass(frozen=True)
class Standing:
    """Where the outbox stands, in numbers and in one sentence."""

    planned: int
    due: int
    late: int
    broken: int
    gathered: int = 0
    bounced: int = 0
    failed: int = 0
    parked: int = 0
    paused_since: datetime | None = None

    @property
    def open_lines(self) -> list[OpenLine]:
        """The states that somebody may have to look at, those without a message left out."""
        counted = {
            MessageState.PLANNED: self.planned,
            MessageState.GATHERED: self.gathered,
            MessageState.BOUNCED: self.bounced,
            MessageState.FAILED: self.failed,
            MessageState.PARKED: self.parked,
        }
        return [OpenLine(state, str(state.label), n) for state, n in counted.items() if n]

    @property
    def needs_a_look(self) -> bool:
        """Mails did not arrive, and not because somebody holds them back."""
        return bool(self.broken or (self.late and not self.paused_since))

    @property
    def sentence(self) -> str:
        if self.paused_since:
            return ngettext(
                "Sending is paused; %(n)d mail waits to go out.",
                "Sending is paused; %(n)d mails wait to go out.",
                self.due,
            ) % {"n": self.due}
        return self._delivery

    @property
    def _delivery(self) -> str:
        if self.late:
            return ngettext(
                "%(n)d mail is late: the mail server or the worker does not answer.",
                "%(n)d mails are late: the mail server or the worker does not answer.",
                self.late,
            ) % {"n": self.late}
        if self.broken:
            return ngettext(
                "%(n)d mail could not be delivered.",
                "%(n)d mails could not be delivered.",
                self.broken,
            ) % {"n": self.broken}
        return ngettext(
            "%(n)d mail is planned; nothing is late.",
            "%(n)d mails are planned; nothing is late.",
            self.planned,
        ) % {"n": self.planned}


def standing(user: User, at: datetime) -> Standing:
    """Counts over the messages this person may see and the pause of all, in one query."""
    visible: QuerySet[Message] = Message.objects.visible_to(user).unsettled()
    planned = Q(state=MessageState.PLANNED)
    retried = planned & Q(attempts__gt=0)
    pause = Subquery(SendingPause.objects.values("since")[:1])
    counts = visible.aggregate(
        planned=Count("pk", filter=planned),
        due=Count("pk", filter=planned & Q(due_at__lte=at)),
        late=Count("pk", filter=retried | planned & Q(due_at__lt=at - LATE)),
        gathered=_in(MessageState.GATHERED),
        bounced=_in(MessageState.BOUNCED),
        failed=_in(MessageState.FAILED),
        parked=_in(MessageState.PARKED),
        # The empty Max makes an aggregate of it: the pause is told also where no mail is visible.
        paused_since=Coalesce(pause, Max(Cast(Value(None), DateTimeField()))),
    )
    broken = counts["bounced"] + counts["failed"] + counts["parked"]
    return Standing(broken=broken, **counts)


def _in(state: MessageState) -> Count:
    return Count("pk", filter=Q(state=state))
