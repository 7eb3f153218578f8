"""Whether another group would still bring something new: new codes, group by group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.focus_groups.domain.coding.coded import CodedQuote


@dataclass(frozen=True)
class Step:
    """One coded group: the codes nobody had raised before it, and how many there are by then."""

    group_id: int
    day: date
    new: tuple[int, ...]
    total: int


def curve(quotes: Iterable[CodedQuote]) -> list[Step]:
    """The groups in the order of their days; within a day as the quotes come."""
    raised: dict[int, set[int]] = {}
    days: dict[int, date] = {}
    for quote in sorted(quotes, key=lambda one: one.day):
        raised.setdefault(quote.group_id, set()).update(quote.codes())
        days[quote.group_id] = quote.day
    known: set[int] = set()
    steps = []
    for group, codes in raised.items():
        new = tuple(sorted(codes - known))
        known |= codes
        steps.append(Step(group, days[group], new, len(known)))
    return steps


def without_new(steps: Sequence[Step]) -> int:
    """How many of the last groups in a row brought no new code."""
    return len(list(takewhile(lambda step: not step.new, reversed(steps))))


def sentence(steps: Sequence[Step]) -> str:
    """Where things stand, in words."""
    if not steps:
        return _("No group is coded yet.")
    if not steps[-1].total:
        return _("No code counts yet.")
    if len(steps) == 1:
        return _("One group is coded: whether another one brings new codes is not known yet.")
    quiet = without_new(steps)
    if not quiet:
        new = len(steps[-1].new)
        return ngettext(
            "The last group still brought %(n)d new code.",
            "The last group still brought %(n)d new codes.",
            new,
        ) % {"n": new}
    if quiet == 1:
        return _("The last group brought no new code.")
    return _("The last %(n)d groups brought no new code.") % {"n": quiet}
