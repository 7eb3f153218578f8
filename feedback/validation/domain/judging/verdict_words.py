"""Verdicts in words: what is said, how long it holds, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from experts.models import Country
from feedback.validation.enums import Standing
from feedback.validation.models import Verdict

# Kind of the chip and its picture; the word beside them is the standing's.
_LOOKS = {
    Standing.VALIDATED: ("ok", "check"),
    Standing.WITH_CHANGES: ("ok", "edit"),
    Standing.REVISE: ("warn", "warning"),
    Standing.NOT_VALIDATED: ("bad", "x"),
    Standing.NOT_ENOUGH: ("quiet", "question"),
    Standing.WITHDRAWN: ("bad", "x"),
}


@dataclass(frozen=True)
class Chip:
    """A standing as a chip: its kind, its picture, its word."""

    kind: str
    icon: str
    label: str


def chip_of(standing: str) -> Chip:
    """The chip of a standing as such."""
    kind, icon = _LOOKS[Standing(standing)]
    return Chip(kind, icon, str(Standing(standing).label))


def chip(verdict: Verdict, today: date) -> Chip:
    """The chip of a verdict on a day: expired, replaced and unsigned ones say so."""
    if verdict.final_at is None and verdict.withdrawn_at is None:
        return Chip("warn", "edit", _("Waits for a second signature"))
    if verdict.final_at is None:
        return Chip("quiet", "x", _("Not signed"))
    if verdict.withdrawn_at:
        return chip_of(Standing.WITHDRAWN)
    if verdict.superseded_at:
        return Chip("quiet", "list", pgettext("verdict", "Replaced"))
    if verdict.valid_until and verdict.valid_until < today:
        return Chip("warn", "warning", pgettext("verdict", "Expired"))
    return chip_of(verdict.standing)


def day(value: date) -> str:
    """A day as pages write it: 30 Nov 2028."""
    return date_format(value, "j M Y")


def holding(verdict: Verdict, today: date) -> str:
    """Since when a verdict holds, until when, or why it does not."""
    if verdict.final_at is None:
        if verdict.withdrawn_at:
            return _("The second signature was refused: nothing is said of this version.")
        return _("It holds once a second person has signed.")
    ended = verdict.withdrawn_at or verdict.superseded_at
    last = ended.date() if ended else verdict.valid_until
    since = day(verdict.final_at.date())
    words = {"since": since, "end": day(last) if last else ""}
    if verdict.withdrawn_at:
        said = _("It held from %(since)s and was withdrawn on %(end)s.")
    elif verdict.superseded_at:
        said = _("It held from %(since)s and was replaced on %(end)s.")
    elif last is None:
        said = _("It holds since %(since)s.")
    elif last < today:
        said = _("It held from %(since)s until %(end)s and has ended.")
    else:
        said = _("It holds from %(since)s until %(end)s.")
    return said % words


def where(country: Country | None) -> str:
    """Of whom a verdict is: a country by its name, or the consortium."""
    return country.name if country else _("Consortium")
