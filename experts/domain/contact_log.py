"""The outbox as a coordinator reads it: what was sent to whom, what waits, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DateTimeField, Max, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.domain import message_kinds
from experts.enums import MessageState
from experts.models import Message, Person, SendingPause, User

# A due message older than this means that the mail server or the worker needs a look.
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Entry:
    """One mail, ready to show; `note` says what to know about its state."""

    due_at: datetime
    name: str
    url: str
    subject: str
    label: str
    state: str
    state_label: str
    note: str


def entries(messages: Iterable[Message]) -> list[Entry]:
    return [_entry(message) for message in messages]


def of_person(person: Person) -> list[Entry]:
    """All mails of a person, the newest first (at most 50)."""
    return entries(
        Message.objects.open_to_others().filter(person=person).select_related("person")[:50]
    )


def _entry(message: Message) -> Entry:
    return Entry(
        due_at=message.due_at,
        name=message.person.name,
        url=message.person.get_absolute_url(),
        subject=message.subject,
        label=message_kinds.label(message.kind),
        state=message.state,
        state_label=message.get_state_display(),
        note=_note(message),
    )


def _note(message: Message) -> str:
    if message.state == MessageState.PLANNED and message.attempts:
        return _("The mail server did not take it (%(reason)s); it is tried again.") % {
            "reason": message.last_error
        }
    if message.state == MessageState.FAILED:
        return _("The mail server refused it: %(reason)s") % {"reason": message.last_error}
    if message.state == MessageState.PARKED:
        return _("It could not be written and waits for the platform admin.")
    return ""


@dataclass(frozen=True)
class Standing:
    """Where the outbox stands, in numbers and in one sentence."""

    planned: int
    due: int
    late: int
    broken: int
    paused_since: datetime | None = None

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
        broken=Count("pk", filter=Q(state__in=[MessageState.FAILED, MessageState.PARKED])),
        # The empty Max makes an aggregate of it: the pause is told also where no mail is visible.
        paused_since=Coalesce(pause, Max(Cast(Value(None), DateTimeField()))),
    )
    return Standing(**counts)
