"""The table of reminders in a form: a row is a number, a unit, whom, which mail, which channel.

What was typed is kept as typed, so that a row nobody can read comes back with its error beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cop_platform.common.refusals import NotPossible
from experts.enums import Channel
from sessions.domain import ladder, reminder_rules
from sessions.domain.reminder_rules import ReminderRule
from sessions.enums import Audience, ReminderMail

FIELD = "reminders"
TOTAL = f"{FIELD}-total"
MAX_ROWS = 20
BLANK_ROWS = 1
UNITS: tuple[tuple[str, str | Promise], ...] = (
    ("-d", _("days before")),
    ("-h", _("hours before")),
    ("+d", _("days after")),
    ("+h", _("hours after the end")),
)


class Row(NamedTuple):
    """One row as typed, whatever that is."""

    number: str = ""
    unit: str = "-d"
    audience: str = Audience.INVITED.value
    mail: str = ReminderMail.REMINDER.value
    channel: str = Channel.MAIL.value

    @property
    def is_blank(self) -> bool:
        """A row without a number is left out."""
        return not self.number.strip()

    def rule(self) -> ReminderRule:
        """Raises UnknownRung, BadReminder."""
        offset = f"{self.unit[:1]}{self.number.strip()}{self.unit[1:]}"
        rule = ReminderRule(offset, self.audience, self.mail, self.channel)
        reminder_rules.check(rule)
        return rule

    @property
    def error(self) -> str:
        """What is wrong with the row; empty where nothing is."""
        if self.is_blank:
            return ""
        try:
            self.rule()
        except NotPossible as error:
            return str(error)
        return ""


def shown(stored: Iterable[Mapping[str, str]]) -> list[Row]:
    """Stored rules as rows of the form."""
    return [_row(rule) for rule in reminder_rules.read(stored)]


def _row(rule: ReminderRule) -> Row:
    sign, number, unit = ladder.parts(rule.offset)
    return Row(str(number), f"{sign}{unit}", rule.audience, rule.mail, rule.channel)


def typed(data: QueryDict | Mapping[str, Any]) -> list[Row] | None:
    """The rows that came with a form, None where it came without the table."""
    total = str(data.get(TOTAL, ""))
    if not total.isdecimal() or len(total) > 3:
        return None
    usual = Row()
    return [
        Row(
            *(
                str(data.get(f"{FIELD}-{n}-{name}", getattr(usual, name)))[:50]
                for name in Row._fields
            )
        )
        for n in range(min(int(total), MAX_ROWS))
    ]


class TableWidget(forms.Widget):
    """Reads the rows; the template draws them, see `lines`."""

    template_name = "sessions/_reminder_rows.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row] | None:
        return typed(data)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return TOTAL not in data

    def id_for_label(self, id_: str | None) -> str:
        return f"id_{FIELD}-0-number"


class RemindersField(forms.Field):
    """The table, given as rules."""

    widget = TableWidget

    def clean(self, value: Any) -> tuple[ReminderRule, ...]:
        rows = [row for row in value or [] if not row.is_blank]
        for row in rows:
            if row.error:
                raise forms.ValidationError(row.error)
        rules = [row.rule() for row in rows]
        try:
            return reminder_rules.read(reminder_rules.tidy(rules))
        except NotPossible as error:
            raise forms.ValidationError(str(error)) from error


@dataclass(frozen=True)
class Line:
    """A row as it is drawn: the names of its fields begin with `prefix`."""

    prefix: str
    number: int
    row: Row
    error: str

    @property
    def index(self) -> int:
        return self.number - 1

    @property
    def choices(self) -> Iterator[tuple[str, Any, list[tuple[str, Any, bool]]]]:
        """(name, label, options) of each list; an option is (value, label, chosen)."""
        for name, label, offered in (
            ("unit", _("When"), UNITS),
            ("audience", _("Whom"), Audience.choices),
            ("mail", _("Mail"), ReminderMail.choices),
            ("channel", _("By"), Channel.choices),
        ):
            chosen = getattr(self.row, name)
            yield name, label, [(value, text, value == chosen) for value, text in offered]


def lines(rows: Iterable[Row], *, with_errors: bool) -> list[Line]:
    """Rows as they are drawn, with room for another one."""
    found = list(rows)
    blank = sum(row.is_blank for row in found)
    found += [Row()] * (BLANK_ROWS - blank)
    return [
        Line(f"{FIELD}-{n}", n + 1, row, row.error if with_errors else "")
        for n, row in enumerate(found[:MAX_ROWS])
    ]
