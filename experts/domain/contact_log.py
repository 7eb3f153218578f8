"""The outbox as a coordinator reads it: what was sent to whom, what waits, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import ngettext

from cop_platform.common.prepared import Asked, KeysSlot, Prepared, Slot, at_once, counts
from experts.domain import message_kinds, message_words
from experts.domain.message_words import LATE, Around
from experts.enums import MessageState, Role
from experts.models import Message, Person, SendingPause, User
from experts.querysets import MessageQuerySet

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


def asked(user: User, at: datetime) -> dict[str, Asked]:
    """The questions that `standing` makes its numbers of: of the messages this person may see, and
    of the pause of all.
    """
    access, values = user.access, {"at": at, "late": at - LATE}
    if access.is_manager or access.is_admin:
        counted = _COUNTED.asked(**values)
    else:
        own = list(access.countries(Role.COORDINATOR))
        counted = _COUNTED_IN.asked(countries=own, **values)
    return {"counted": counted, "pauses": _PAUSE.asked()}


def standing(user: User, at: datetime) -> Standing:
    """Where the outbox stands, of the messages this person may see; one statement."""
    return standing_of(*at_once(list(asked(user, at).values())))


def standing_of(counted: Sequence[tuple[int, ...]], pauses: Sequence[tuple[datetime]]) -> Standing:
    """The same, out of the answers to both questions."""
    found = dict(zip(_NUMBERS, counted[0], strict=True))
    broken = found["bounced"] + found["failed"] + found["parked"]
    since = pauses[0][0] if pauses else None
    return Standing(broken=broken, paused_since=since, **found)


def _numbers(messages: MessageQuerySet) -> QuerySet:
    planned = Q(state=MessageState.PLANNED)
    late = planned & (Q(attempts__gt=0) | Q(due_at__lt=Slot("late")))
    return counts(
        messages.unsettled(),
        planned=Count("pk", filter=planned),
        due=Count("pk", filter=planned & Q(due_at__lte=Slot("at"))),
        late=Count("pk", filter=late),
        gathered=_in(MessageState.GATHERED),
        bounced=_in(MessageState.BOUNCED),
        failed=_in(MessageState.FAILED),
        parked=_in(MessageState.PARKED),
    )


def _in(state: MessageState) -> Count:
    return Count("pk", filter=Q(state=state))


_NUMBERS = ("planned", "due", "late", "gathered", "bounced", "failed", "parked")
_COUNTED = Prepared(lambda: _numbers(Message.objects.open_to_others()))
_COUNTED_IN = Prepared(
    lambda: _numbers(
        Message.objects.open_to_others().filter(person__country_id__in=KeysSlot("countries"))
    )
)
_PAUSE = Prepared(lambda: SendingPause.objects.order_by().values_list("since")[:1])
