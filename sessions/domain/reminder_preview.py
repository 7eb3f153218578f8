"""Who will get which reminder when, before anything is planned or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cop_platform.common.times import say_clock, say_day, to_wall
from sessions.domain import audiences, replanning
from sessions.domain.reminder_rules import ReminderRule
from sessions.enums import Audience, ReminderMail
from sessions.models import CopSession, Invitation


@dataclass(frozen=True)
class PreviewLine:
    """So many people of an audience get a mail at an instant (UTC); `when` on the session's clock.

    Who is in several audiences is counted once, where the mail is richest. Reviewers are all who
    were asked: how many of them are done is nobody's business here.
    """

    due_at: datetime
    when: str
    audience: str
    people: int
    mail: str


def reminder_preview(
    session: CopSession,
    rules: Sequence[ReminderRule],
    at: datetime,
    invitations: Sequence[Invitation] | None = None,
) -> list[PreviewLine]:
    """The reminders that these rules would send to a session's people of now, the next one first.

    What is past at `at` is left out; nothing is written. `invitations` are all of the session, with
    their people, where they are loaded already.
    """
    crowds = audiences.load({session.pk: rules}, [session], invitations, are_all=True)
    counted = Counter(
        (due.due_at, str(due.rule.audience), str(due.rule.mail))
        for crowd in crowds
        for due in replanning.dues(crowd, rules)
        if due.due_at > at
    )
    return [
        PreviewLine(
            due_at=due_at,
            when=_said(due_at, session.zone),
            audience=str(Audience(audience).label),
            people=people,
            mail=str(ReminderMail(mail).label),
        )
        for (due_at, audience, mail), people in sorted(counted.items())
    ]


def _said(instant: datetime, zone: str) -> str:
    wall = to_wall(instant, zone)
    return f"{say_day(wall)}, {say_clock(wall)}"
