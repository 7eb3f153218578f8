"""The planner of reminders: what is planned follows the rules and the people of a session.

It is asked after every deed that could change something (asked, answered, moved, cancelled, seats,
rules) and compares what should be planned with what is. Doing it twice changes nothing.

- What was sent stays sent; an instant that is past is planned no more.
- One person gets one mail at one instant, however many rules meet there: the richest one.
- Who declined is reminded of nothing.
- A late guest gets no old reminder. Within an hour after being asked nobody is reminded either,
  except by the last reminder before the session: it is then the only one.
- A reminder before the session never goes after its start.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from experts.domain import fitting, outbox
from experts.enums import Channel, MessageState, NotSent
from experts.models import Message, Person
from sessions.domain import audiences, ladder, reminder_rules
from sessions.domain.audiences import Crowd
from sessions.domain.reminder_rules import ReminderRule
from sessions.enums import Audience, ReminderMail
from sessions.models import CopSession, Invitation

REMINDER = "session_reminder"
LAST_CALL = "session_last_call"
AFTER = "session_after"
# The words of the mail after a session for those who did not come; its kind is AFTER.
MISSED = "session_missed"
CHECKLIST = "session_checklist"
REVIEW_CALL = "session_review_call"
# Those of an invitation, and those of a session to people who need not be invited to it.
GUEST_KINDS = [REMINDER, LAST_CALL, AFTER]
SESSION_KINDS = [CHECKLIST, REVIEW_CALL]
_KIND_OF = {
    ReminderMail.REMINDER: REMINDER,
    ReminderMail.LAST_CALL: LAST_CALL,
    ReminderMail.AFTER: AFTER,
    ReminderMail.CHECKLIST: CHECKLIST,
    ReminderMail.REVIEW_CALL: REVIEW_CALL,
}
# The richest mail first, where several are due to one person at one instant.
_RICHEST = (
    Audience.FACILITATORS,
    Audience.WAITING,
    Audience.ACCEPTED,
    Audience.UNANSWERED,
    Audience.INVITED,
    Audience.ABSENTEES,
    Audience.REVIEWERS,
)
_RANK = {str(audience): rank for rank, audience in enumerate(_RICHEST)}
# Of a key: kind, object, offset, sequence.
KEY_PARTS = 4
# Nobody is reminded so soon after having been asked.
PEACE = timedelta(hours=1)


@dataclass(frozen=True)
class Due:
    """One reminder to one person.

    `invitation` is None for the kinds that are about the session. `reviews`: the person was also
    asked to review its materials, so that the mail says so if that is still open by then.
    """

    session: CopSession
    rule: ReminderRule
    due_at: datetime
    person: Person
    invitation: Invitation | None = None
    reviews: bool = False

    @property
    def kind(self) -> str:
        return _KIND_OF[ReminderMail(self.rule.mail)]

    @property
    def object_id(self) -> int:
        return self.invitation.pk if self.invitation else self.session.pk

    @property
    def key(self) -> str:
        """Offset and sequence stand in it: each move plans anew, the same state never twice."""
        about = (
            f"{self.invitation.pk}" if self.invitation else f"s{self.session.pk}-{self.person.pk}"
        )
        return f"{self.kind}:{about}:{self.rule.offset}:{self.session.sequence}"

    @property
    def payload(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            "sequence": self.session.sequence,
            "audience": str(self.rule.audience),
        }
        return said | {"reviews": True} if self.reviews else said

    @property
    def not_after(self) -> datetime | None:
        return None if self.rule.is_after else self.session.starts_at


def follow(
    sessions: Sequence[CopSession],
    *,
    at: datetime,
    invitations: Sequence[Invitation] | None = None,
) -> None:
    """Plans what is missing, takes back what is no longer due, in the caller's transaction.

    With `invitations` (of these sessions, with their people) only what is due to those people.
    """
    rules = {session.pk: reminder_rules.read(session.reminders) for session in sessions}
    crowds = audiences.load(rules, sessions, invitations)
    wanted = {due.key: due for crowd in crowds for due in dues(crowd, rules[crowd.session.pk])}
    known = {message.key: message for message in _known(crowds, whole=invitations is None)}
    gone = [
        key for key, m in known.items() if m.state == MessageState.PLANNED and key not in wanted
    ]
    if gone:
        outbox.take_back(gone)
    ahead = (due for due in wanted.values() if due.due_at > at)
    for group in _alike(due for due in ahead if _is_new(known.get(due.key), due)):
        _plan(group, known, at)


def dues(crowd: Crowd, rules: Iterable[ReminderRule]) -> Iterator[Due]:
    """What the people of a session should get, past instants too.

    A reminder that is past by now may still wait, for the morning or for a pause to end, and is
    then as right as it was.
    """
    session = crowd.session
    if session.cancelled_at:
        return
    found: dict[int, dict[datetime, Due]] = defaultdict(dict)
    for rule in sorted(rules, key=lambda r: (_RANK[r.audience], r.channel == Channel.APP)):
        for due in _of_rule(crowd, rule, due_of(rule, session)):
            _keep_richest(found[due.person.pk], due)
    for by_instant in found.values():
        yield from _without_rush(by_instant)


def due_of(rule: ReminderRule, session: CopSession) -> datetime:
    """The UTC instant of a rule for a session."""
    return ladder.due(
        rule.offset,
        wall_start=session.wall_start,
        zone=session.zone,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
    )


def is_overtaken(message: Message, invitation: Invitation, at: datetime) -> bool:
    """A later reminder before the same session is due to this person as well.

    After an outage, or when a clock jumped, the last one says it all. One that a coordinator
    sends once more, whose key says so, is meant as it is.
    """
    session, parts = invitation.session, message.key.split(":")
    if len(parts) != KEY_PARTS:
        return False
    own = due_of(ReminderRule(offset=parts[2]), session)
    return any(
        own < due_of(rule, session) <= at
        for rule in reminder_rules.read(session.reminders)
        if not rule.is_after and audiences.includes(rule.audience, invitation)
    )


def _of_rule(crowd: Crowd, rule: ReminderRule, due_at: datetime) -> Iterator[Due]:
    session = crowd.session
    if rule.audience in {Audience.FACILITATORS, Audience.REVIEWERS}:
        leaders = rule.audience == Audience.FACILITATORS
        declined = crowd.declined
        for person in crowd.leaders if leaders else crowd.reviewers:
            if person.pk not in declined:
                yield Due(session, rule, due_at, person)
        return
    for invitation in crowd.guests(rule.audience):
        yield Due(session, rule, due_at, invitation.person, invitation)


def _keep_richest(by_instant: dict[datetime, Due], due: Due) -> None:
    """Rules come richest first; a reviewer's news is added to the mail that is there."""
    there = by_instant.setdefault(due.due_at, due)
    if there is not due and due.rule.audience == Audience.REVIEWERS:
        by_instant[due.due_at] = Due(
            there.session, there.rule, there.due_at, there.person, there.invitation, reviews=True
        )


def _without_rush(by_instant: dict[datetime, Due]) -> Iterator[Due]:
    """Leaves out what comes within the hour after the invitation, if another one follows."""
    before = [instant for instant, due in by_instant.items() if not due.rule.is_after]
    last = max(before, default=None)
    for instant, due in by_instant.items():
        asked = due.invitation
        rushed = asked and not due.rule.is_after and instant <= asked.invited_at + PEACE
        if not rushed or instant == last:
            yield due


def _known(crowds: Sequence[Crowd], *, whole: bool) -> Iterator[Message]:
    """Every reminder there is of these people, whatever became of it."""
    guests = [i.pk for crowd in crowds for i in crowd.invitations]
    of_session = Q(kind__in=SESSION_KINDS, object_id__in=[crowd.session.pk for crowd in crowds])
    if not whole:
        of_session &= Q(person__in=[i.person_id for crowd in crowds for i in crowd.invitations])
    found = Message.objects.filter(Q(kind__in=GUEST_KINDS, object_id__in=guests) | of_session)
    yield from found.only("key", "state", "not_sent", "payload", "channel")


def _is_new(known: Message | None, due: Due) -> bool:
    """Not planned yet, or planned otherwise; what was sent, or steered by hand, stays."""
    if known is None:
        return True
    if known.state == MessageState.WITHDRAWN:
        return known.not_sent == NotSent.TAKEN_BACK
    if fitting.SEND_NOW in known.payload:
        return False
    same = fitting.plain(known.payload) == due.payload and known.channel == due.rule.channel
    return known.state == MessageState.PLANNED and not same


def _alike(found: Iterable[Due]) -> Iterator[list[Due]]:
    """Reminders that differ in their person only: each group is written in one statement."""
    groups: dict[tuple[Any, ...], list[Due]] = defaultdict(list)
    for due in found:
        audience, channel = due.rule.audience, due.rule.channel
        same = (due.session.pk, due.kind, due.due_at, audience, channel, due.reviews)
        groups[same].append(due)
    yield from groups.values()


def _plan(group: list[Due], known: dict[str, Message], at: datetime) -> None:
    """Writes new rows; rows that are there wait again, as they are wanted now."""
    one = group[0]
    there = [due.key for due in group if due.key in known]
    if there:
        outbox.plan_again(
            there, due_at=one.due_at, payload=one.payload, channel=one.rule.channel, at=at
        )
    rows = [(due.object_id, due.person, due.key) for due in group if due.key not in known]
    if rows:
        outbox.plan_many(
            kind=one.kind,
            rows=rows,
            due_at=one.due_at,
            at=at,
            payload=one.payload,
            not_after=one.not_after,
            channel=one.rule.channel,
        )
