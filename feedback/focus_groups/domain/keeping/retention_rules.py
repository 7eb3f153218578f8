"""The rules as people read and change them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.keeping import retention
from feedback.focus_groups.domain.keeping.retention_due import TARGETS, Coming, coming
from feedback.focus_groups.enums import Kept
from feedback.focus_groups.models import RetentionRule

WITHIN = 30
_SHORTEST, _LONGEST = 1, 3650
# A sound gives its speaker away more than any other kind does.
_LONGEST_OF = {
    Kept.RECORDING: retention.UNWRITTEN_AT_MOST,
    Kept.VOICE: retention.UNWRITTEN_AT_MOST,
}

_CLOCKS = {
    Kept.RECORDING: gettext_lazy(
        "Counted from the day the recording was written down. Whoever does not write it down has "
        "90 days from the upload, then it goes all the same."
    ),
    Kept.VOICE: gettext_lazy(
        "Counted from the day the message was left. It goes earlier when somebody wrote it down."
    ),
    Kept.WORDS: gettext_lazy(
        "Counted from the day the group or the form closed. Quotes, notes, transcripts and written "
        "answers go; the lines stay empty, so that how many people said something, in which theme "
        "and with which face can still be counted."
    ),
    Kept.CONSENT: gettext_lazy(
        "Counted from the day the group or the form closed. They prove that people agreed, and "
        "they hold no word and no name. With them go the empty lines of what was said."
    ),
    Kept.ATTENDANCE: gettext_lazy(
        "Counted from the day of the session. The list proves that the group was held; the grant "
        "decides how long that must be possible."
    ),
}


class RuleChangedMeanwhile(NotPossible):
    """Somebody else saved this rule after this editor opened it."""


class DaysRefused(NotPossible):
    """So many days are too few or too many for this kind."""


class DeletesAtOnce(NotPossible):
    """The rule would delete something today: that has to be said before it is done."""


@dataclass(frozen=True)
class Line:
    """A rule in words: what, how long, from which day, and when the next thing goes."""

    rule: RetentionRule
    kept: str
    clock: str
    next_day: date | None

    @property
    def label(self) -> str:
        return str(Kept(self.rule.kind).label)


@dataclass(frozen=True)
class Page:
    """All rules, and what goes within the next days in the reader's countries."""

    lines: list[Line]
    coming: list[Coming]
    sees_coming: bool
    within: int = WITHIN


def build(user: User, *, day: date) -> Page:
    """What a member reads; who runs groups and forms also sees what is due in their countries."""
    rules = {rule.kind: rule for rule in RetentionRule.objects.all()}
    sees = permissions.may_enter.allows(user)
    due = coming(user, day=day, within=WITHIN) if sees else []
    first = {item.kind: item.day for item in reversed(due)}
    lines = [
        Line(
            rules.get(kind) or RetentionRule(kind=kind, days=default),
            said(rules[kind].days if kind in rules else default),
            str(_CLOCKS[kind]),
            first.get(str(kind)),
        )
        for kind, default in retention.DEFAULTS.items()
    ]
    return Page(lines, due, sees)


def said(days: int) -> str:
    """A length of time as people say it: "2 years", "30 days"."""
    if days % 365 == 0:
        return ngettext("%(n)d year", "%(n)d years", days // 365) % {"n": days // 365}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def clock(kind: Kept) -> str:
    """From which day a kind is counted, in a sentence or two."""
    return str(_CLOCKS[kind])


@transaction.atomic
def change(
    *, kind: Kept, days: int, why: str, revision: int, deletes_ok: bool, by: User, at: datetime
) -> None:
    """Sets the days of a kind, with the reason.

    Raises RuleChangedMeanwhile, DaysRefused, and DeletesAtOnce unless `deletes_ok` where something
    would go today that the present rule keeps.
    """
    permissions.may_edit_words(by)
    retention.lay_out()
    rule = RetentionRule.objects.select_for_update().get(kind=kind)
    if rule.revision != revision:
        raise RuleChangedMeanwhile(
            _("Somebody else changed this rule meanwhile: it says %(kept)s now.")
            % {"kept": said(rule.days)}
        )
    _refuse(kind, days)
    sooner = _due_at_once(kind, days, timezone.localdate(at))
    if sooner and not deletes_ok:
        raise DeletesAtOnce(
            ngettext(
                "This deletes %(n)d thing today, for good. Tick the box if that is meant.",
                "This deletes %(n)d things today, for good. Tick the box if that is meant.",
                sooner,
            )
            % {"n": sooner}
        )
    audit.record(
        deed="retention changed", about=rule, by=by, at=at, kind=kind, was=rule.days, days=days
    )
    rule.days, rule.why, rule.revision = days, why, rule.revision + 1
    rule.save()


def _refuse(kind: Kept, days: int) -> None:
    longest = _LONGEST_OF.get(kind, _LONGEST)
    if not _SHORTEST <= days <= longest:
        raise DaysRefused(
            _("Choose between %(least)d and %(most)d days.") % {"least": _SHORTEST, "most": longest}
        )
    kept = retention.days_kept() | {kind: days}
    if kept[Kept.CONSENT] < kept[Kept.WORDS]:
        raise DaysRefused(
            _("Consents prove that words may be kept: they cannot go before the words do.")
        )


def _due_at_once(kind: Kept, days: int, day: date) -> int:
    """How many rows go today by the new rule; what the present rule takes today counts as well."""
    kept = retention.days_kept() | {kind: days}
    return sum(target.due(day, kept).count() for target in TARGETS if target.kind == kind)
