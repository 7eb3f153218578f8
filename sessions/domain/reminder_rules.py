"""The rules a session reminds by: how far away, whom, with which mail, by which channel.

A rule is a value of its kind or its session: the table is read and replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.enums import Channel
from sessions.domain import ladder
from sessions.enums import Audience, ReminderMail

MAX_RULES = 10

# The mails each audience can get, before the session and after it; the first is the usual one.
BEFORE: Mapping[str, tuple[str, ...]] = {
    Audience.INVITED: (ReminderMail.REMINDER, ReminderMail.LAST_CALL),
    Audience.ACCEPTED: (ReminderMail.REMINDER,),
    Audience.UNANSWERED: (ReminderMail.LAST_CALL, ReminderMail.REMINDER),
    Audience.WAITING: (ReminderMail.REMINDER,),
    Audience.FACILITATORS: (ReminderMail.CHECKLIST,),
    Audience.REVIEWERS: (ReminderMail.REVIEW_CALL,),
    Audience.ABSENTEES: (),
}
AFTER: Mapping[str, tuple[str, ...]] = {
    Audience.INVITED: (ReminderMail.AFTER,),
    Audience.ACCEPTED: (ReminderMail.AFTER,),
    Audience.UNANSWERED: (ReminderMail.AFTER,),
    Audience.WAITING: (ReminderMail.AFTER,),
    Audience.FACILITATORS: (),
    Audience.REVIEWERS: (),
    Audience.ABSENTEES: (ReminderMail.AFTER,),
}


class BadReminder(NotPossible):
    """A rule that cannot be followed, or more rules than anybody should be sent mails by."""


@dataclass(frozen=True)
class ReminderRule:
    """One row of the table; `offset` as in ladder.py, the others are values of their enums."""

    offset: str
    audience: str = Audience.INVITED
    mail: str = ReminderMail.REMINDER
    channel: str = Channel.MAIL

    @property
    def is_after(self) -> bool:
        return ladder.is_after(self.offset)


Stored = list[dict[str, str]]


def usual(offset: str) -> ReminderRule:
    """What an offset alone means: a reminder to the invited, afterwards thanks to those who came
    or said that they would.
    """
    if ladder.is_after(offset):
        return ReminderRule(offset, Audience.ACCEPTED, ReminderMail.AFTER)
    return ReminderRule(offset)


def read(stored: Iterable[Mapping[str, str]]) -> tuple[ReminderRule, ...]:
    """The rules of a session or a kind as they are stored."""
    return tuple(ReminderRule(**row) for row in stored)


def tidy(rules: Iterable[ReminderRule]) -> Stored:
    """Rules as they are stored: once each, the earliest first. Raises UnknownRung, BadReminder."""
    found = set(rules)
    for rule in found:
        check(rule)
    if len(found) > MAX_RULES:
        raise BadReminder(_("At most %(n)d reminders, please.") % {"n": MAX_RULES})
    rank = {audience: n for n, audience in enumerate(Audience.values)}
    ordered = sorted(
        found, key=lambda r: (ladder.order(r.offset), rank[r.audience], r.mail, r.channel)
    )
    return [{name: str(value) for name, value in asdict(rule).items()} for rule in ordered]


def check(rule: ReminderRule) -> None:
    """Raises UnknownRung for the offset, BadReminder where the rest of the rule does not fit."""
    ladder.parts(rule.offset)
    known = rule.audience in Audience.values and rule.mail in ReminderMail.values
    if not known or rule.channel not in Channel.values:
        raise BadReminder(_("Choose from the lists, please."))
    fitting = (AFTER if rule.is_after else BEFORE)[rule.audience]
    if rule.mail in fitting:
        return
    words = {"people": Audience(rule.audience).label, "mail": ReminderMail(rule.mail).label}
    if rule.is_after and rule.mail != ReminderMail.AFTER:
        raise BadReminder(_("“%(mail)s” makes sense before the session only.") % words)
    if not rule.is_after and rule.mail == ReminderMail.AFTER:
        raise BadReminder(_("“%(mail)s” makes sense after the session only.") % words)
    if not rule.is_after and rule.audience == Audience.ABSENTEES:
        raise BadReminder(_("Who stayed away is known after the session only."))
    raise BadReminder(_("“%(mail)s” is not written for: %(people)s.") % words)


def say(rule: ReminderRule) -> str:
    """A rule as people say it: 3 days before: Reminder to everybody invited."""
    words = {
        "when": ladder.say(rule.offset),
        "mail": ReminderMail(rule.mail).label,
        "people": Audience(rule.audience).label,
    }
    if rule.channel == Channel.APP:
        return _("%(when)s, on the platform only: %(mail)s (%(people)s)") % words
    return _("%(when)s: %(mail)s (%(people)s)") % words
