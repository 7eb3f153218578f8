"""What a deed on several messages at once would do, said before it is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.domain import outbox_deeds, resending, who_gets_what
from experts.domain.message_kinds import label
from experts.domain.who_gets_what import Line, WhoGetsWhat
from experts.models import Message, Person


def before_resending(messages: Sequence[Message], *, at: datetime) -> WhoGetsWhat:
    """Who gets which mail once more, and whose stays as it is and why."""
    by_kind: dict[str, list[Person]] = defaultdict(list)
    refused: dict[str, list[str]] = defaultdict(list)
    for line in resending.rehearse(messages, at=at):
        if line.again:
            by_kind[line.message.kind].append(line.message.person)
        else:
            refused[line.why_not].append(line.message.person.name)
    parts = [
        who_gets_what.foresee(kind, people, at=at, send_now=True)
        for kind, people in sorted(by_kind.items())
    ]
    return who_gets_what.joined([*parts, WhoGetsWhat(_kept(refused), 0)])


def before_cancelling(messages: Sequence[Message], *, at: datetime) -> WhoGetsWhat:
    """Who will not get which mail."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    refused: dict[str, list[str]] = defaultdict(list)
    for message in messages:
        if reason := outbox_deeds.why_not_cancel(message, at):
            refused[reason].append(message.person.name)
        else:
            by_kind[message.kind].append(message.person.name)
    lines = [_cancelled(kind, names) for kind, names in sorted(by_kind.items())]
    return WhoGetsWhat((*lines, *_kept(refused)), sum(map(len, by_kind.values())))


def _cancelled(kind: str, names: list[str]) -> Line:
    text = ngettext(
        "%(n)d mail “%(mail)s” is not sent.", "%(n)d mails “%(mail)s” are not sent.", len(names)
    )
    return Line("minus", text % {"n": len(names), "mail": label(kind)}, tuple(sorted(names)))


def _kept(refused: dict[str, list[str]]) -> tuple[Line, ...]:
    return tuple(
        Line("info", _("Stays as it is: %(reason)s") % {"reason": reason}, tuple(sorted(names)))
        for reason, names in refused.items()
    )
