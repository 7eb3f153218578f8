"""The mails about a session in the order of time: what went to how many, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Func, Min, Q, TextField, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.domain import message_kinds
from experts.enums import MessageState
from experts.models import Message
from sessions.domain import ladder, notices, outbox_scope
from sessions.models import CopSession

_WAITING = [MessageState.PLANNED, MessageState.GATHERED]
_COUNTED = ("sent", "back", "broken", "answered", "waiting")
_BROKEN = [MessageState.FAILED, MessageState.PARKED]
# A reminder's rung and a change's sequence stand third in the key of a message.
_PART = Func(F("key"), Value(":"), Value(3), function="split_part", output_field=TextField())


@dataclass(frozen=True)
class MailLine:
    """One kind of mail, or one rung of the reminders, and what became of it."""

    label: str
    due_at: datetime
    is_next: bool
    sentence: str
    kind: str


def build(session: CopSession) -> list[MailLine]:
    """The lines, the earliest first. Three queries at most, one of them over the messages.

    What was taken back before anybody got it is left out.
    """
    found = (
        Message.objects.filter(outbox_scope.condition(session))
        .order_by()
        .annotate(part=_PART)
        .values("kind", "part")
        .annotate(
            due_at=Min("due_at", filter=~Q(state=MessageState.WITHDRAWN)),
            sent=Count("pk", filter=Q(sent_at__isnull=False)),
            back=Count("pk", filter=Q(bounced_at__isnull=False)),
            broken=Count("pk", filter=Q(state__in=_BROKEN)),
            answered=Count("pk", filter=Q(answered_at__isnull=False)),
            waiting=Count("pk", filter=Q(state__in=_WAITING)),
        )
    )
    rows = sorted(_merged(found), key=lambda row: (row["due_at"], row["kind"]))
    return [_line(row) for row in rows]


def _merged(rows: Any) -> list[dict[str, Any]]:
    """Kinds whose key has no rung are one line, whatever stands in their keys."""
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        if row["due_at"] is None:
            continue
        has_part = row["kind"] == notices.CHANGE or _rung(row["part"])
        key = (row["kind"], row["part"] if has_part else "")
        line = merged.setdefault(key, {"kind": key[0], "part": key[1], "due_at": row["due_at"]})
        line["due_at"] = min(line["due_at"], row["due_at"])
        for name in _COUNTED:
            line[name] = line.get(name, 0) + row[name]
    return list(merged.values())


def _rung(part: str) -> str:
    """A rung in words; empty for what is none."""
    try:
        return ladder.say(part)
    except ladder.UnknownRung:
        return ""


def _line(row: dict[str, Any]) -> MailLine:
    label = message_kinds.label(row["kind"])
    if rung := _rung(row["part"]):
        label = _("%(mail)s, %(rung)s") % {"mail": label, "rung": rung}
    is_next = bool(row["waiting"]) and not row["sent"]
    return MailLine(label, row["due_at"], is_next, ", ".join(_said(row)), row["kind"])


def _said(row: dict[str, Any]) -> list[str]:
    texts = {
        "sent": ngettext("sent to %(n)d", "sent to %(n)d", row["sent"]),
        "back": ngettext("%(n)d came back", "%(n)d came back", row["back"]),
        "broken": ngettext("%(n)d was refused", "%(n)d were refused", row["broken"]),
        "answered": ngettext("%(n)d answered since", "%(n)d answered since", row["answered"]),
        "waiting": ngettext("planned for %(n)d", "planned for %(n)d", row["waiting"]),
    }
    return [text % {"n": row[name]} for name, text in texts.items() if row[name]]
