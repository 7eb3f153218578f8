"""Who will get what, asked before anything is sent, by the rules the sender goes by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.times import say_clock, to_wall
from experts.domain import message_kinds, wishes
from experts.domain.fitting import SEND_NOW
from experts.domain.wishes import Decision, Deed
from experts.enums import NotSent
from experts.models import Message, Person, SendingPause


@dataclass(frozen=True)
class Line:
    """One sentence about some people, and who they are; `kind` names its mark."""

    kind: str
    sentence: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class WhoGetsWhat:
    """What would be sent, in sentences; `told` counts those who get it by mail, now or later."""

    lines: tuple[Line, ...]
    told: int
    paused: bool = False


def foresee(
    kind: str,
    people: Iterable[Person],
    *,
    at: datetime,
    not_after: datetime | None = None,
    left_out: Mapping[str, Iterable[str]] | None = None,
    send_now: bool = False,
) -> WhoGetsWhat:
    """What becomes of a mail of this kind to these people, were it due at `at` (UTC).

    `left_out` are names of people who get none, by the reason: the end of the sentence "3 people
    get nothing: ...". `send_now` is for deeds that pass over quiet hours. Four queries.
    """
    people = list(people)
    found = wishes.of(people)
    about = message_kinds.get(kind)
    groups: dict[tuple[Deed, str], list[str]] = defaultdict(list)
    for person in people:
        message = Message(
            kind=kind,
            person=person,
            zone=person.zone,
            due_at=at,
            not_after=not_after,
            payload={SEND_NOW: True} if send_now else {},
        )
        decision = wishes.decide(message, about, found[person.pk], at)
        groups[decision.deed, _detail(decision, person.zone)].append(person.name)
    label = message_kinds.label(kind)
    lines = [
        _line(deed, detail, tuple(sorted(names)), label)
        for (deed, detail), names in sorted(groups.items(), key=lambda g: _ORDER.index(g[0][0]))
    ]
    for reason, names in (left_out or {}).items():
        if absent := tuple(sorted(names)):
            lines.append(_left_out(reason, absent))
    mailed = {Deed.MAIL, Deed.LATER, Deed.GATHER}
    told = sum(len(names) for (deed, _said), names in groups.items() if deed in mailed)
    return WhoGetsWhat(tuple(lines), told, SendingPause.objects.exists())


_ORDER = (Deed.MAIL, Deed.LATER, Deed.GATHER, Deed.APP, Deed.DROP)


def _detail(decision: Decision, zone: str) -> str:
    """What parts people with the same deed: the hour they wait for, or why they get nothing."""
    if decision.deed == Deed.LATER and decision.due_at:
        return say_clock(to_wall(decision.due_at, zone))
    return decision.not_sent


def _line(deed: Deed, detail: str, names: tuple[str, ...], label: str) -> Line:
    n = len(names)
    if deed == Deed.MAIL:
        text = ngettext("%(n)d person gets “%(mail)s” now.", "%(n)d people get “%(mail)s” now.", n)
        return Line("mail", text % {"n": n, "mail": label}, names)
    if deed == Deed.LATER:
        text = ngettext(
            "%(n)d person gets it at %(clock)s on their own clock.",
            "%(n)d people get it at %(clock)s on their own clocks.",
            n,
        )
        return Line("clock", text % {"n": n, "clock": detail}, names)
    if deed == Deed.GATHER:
        text = ngettext(
            "%(n)d person gets it with the next digest.",
            "%(n)d people get it with the next digest.",
            n,
        )
        return Line("clock", text % {"n": n}, names)
    if deed == Deed.APP:
        text = ngettext(
            "%(n)d person wants no mail of this topic and sees it on the platform.",
            "%(n)d people want no mail of this topic and see it on the platform.",
            n,
        )
        return Line("info", text % {"n": n}, names)
    return _dropped(detail, names)


def _dropped(reason: str, names: tuple[str, ...]) -> Line:
    n = len(names)
    if reason == NotSent.SUPPRESSED:
        text = ngettext(
            "%(n)d person gets nothing: mails to the address come back.",
            "%(n)d people get nothing: mails to their addresses come back.",
            n,
        )
        return Line("warning", text % {"n": n}, names)
    return _left_out(_("no mail of this topic is wanted"), names)


def _left_out(reason: str, names: tuple[str, ...]) -> Line:
    n = len(names)
    text = ngettext(
        "%(n)d person gets nothing: %(reason)s.", "%(n)d people get nothing: %(reason)s.", n
    )
    return Line("minus", text % {"n": n, "reason": reason}, names)


def joined(parts: Iterable[WhoGetsWhat]) -> WhoGetsWhat:
    """Several previews as one, as for messages of several kinds."""
    parts = list(parts)
    return WhoGetsWhat(
        tuple(line for part in parts for line in part.lines),
        sum(part.told for part in parts),
        any(part.paused for part in parts),
    )
