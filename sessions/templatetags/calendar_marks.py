"""The sheets of the calendar: a month's table, a week's columns. Why in Python: ADR 0008, 0011.

Hundreds of small pieces stand on one page, so they are plain strings here, joined once; every value
that somebody typed goes through `escape` where it enters. Measured: `format_html` for each piece
took a third of the page's time. A day that looks as before is not drawn again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cop_platform.common.templatetags.marks import country_mark
from sessions.domain.calendar_days import Day, Entry
from sessions.domain.day_marks import DayMark
from sessions.domain.month import Month
from sessions.domain.week import STEP, Block, Column, Week
from sessions.enums import Status
from sessions.templatetags.session_marks import session_card

register = template.Library()


@dataclass(frozen=True)
class _Sheet:
    """What all entries of one page share: words and addresses, looked up once.

    `here` is the page's query, for the way back from a move. The language is the active one: days
    are remembered by their sheet.
    """

    here: str
    plans: bool
    language: str | None
    back: str = field(init=False, compare=False)
    move_path: str = field(init=False, compare=False)
    new_path: str = field(init=False, compare=False)
    move_word: str = field(init=False, compare=False)
    plan_words: str = field(init=False, compare=False)
    more_words: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        said = {
            "back": escape(urlencode({"back": self.here})),
            "move_path": reverse("session_move", args=[0]),
            "new_path": reverse("session_new"),
            "move_word": escape(_("Move")),
            "plan_words": escape(_("Plan a session on %(day)s")),
            "more_words": _("+%(n)d more"),
        }
        for name, value in said.items():
            object.__setattr__(self, name, value)

    def move_url(self, pk: int) -> str:
        return f"{self.move_path.replace('/0/', f'/{pk}/', 1)}?{self.back}"


@lru_cache(maxsize=200)
def _sheet(here: str, plans: bool, language: str | None) -> _Sheet:
    return _Sheet(here, plans, language)


@register.simple_tag
def month_table(month: Month, here: str, may_plan: bool) -> SafeString:
    """The month's table; `here` is the page's query, for the way back from a move."""
    sheet = _sheet(here, may_plan, get_language())
    heads = "".join(_head(day.date, sheet.language) for day in month.weeks[0])
    rows = "".join(f"<tr>{''.join(_cell(day, sheet) for day in week)}</tr>" for week in month.weeks)
    return mark_safe(  # noqa: S308  every piece is escaped where it enters
        '<table class="calendar" data-sheet="month"><caption class="visually-hidden">'
        f"{formats.date_format(month.first, 'F Y')}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


@lru_cache(maxsize=100)
def _head(day: date, _language: str | None) -> str:
    return (
        f'<th scope="col"><abbr title="{formats.date_format(day, "l")}">'
        f"{formats.date_format(day, 'D')}</abbr></th>"
    )


@lru_cache(maxsize=4000)
def _cell(day: Day, sheet: _Sheet) -> str:
    entries = "".join(_item(entry, sheet) for entry in day.first_entries)
    more = _folded(day.more, sheet.more_words, sheet)
    return (
        f'<td id="day-{day.iso}" data-day="{day.iso}" class="{_looks(day)}">'
        f'<div class="calendar-head">{_number(day)}{_plan_link(day, sheet)}</div>'
        f"{_marks(day.marks)}{entries}{more}</td>"
    )


def _folded(entries: tuple[Entry, ...], words: str, sheet: _Sheet) -> str:
    """Entries for which there is no room, behind a line that says how many."""
    if not entries:
        return ""
    items = "".join(_item(entry, sheet) for entry in entries)
    summary = escape(words % {"n": len(entries)})
    return f'<details class="calendar-more"><summary>{summary}</summary>{items}</details>'


def _looks(day: Day) -> str:
    looks = (
        ("calendar-other", not day.in_period),
        ("calendar-today", day.is_today),
        ("calendar-off", bool(day.marks)),
        ("calendar-empty", not day.entries and not day.marks),
    )
    return " ".join(name for name, holds in looks if holds)


def _number(day: Day) -> str:
    today = f'<span class="visually-hidden"> {_("today")}</span>' if day.is_today else ""
    return (
        f'<time class="calendar-day" datetime="{day.iso}"><span class="calendar-number">'
        f'{day.date.day}</span><span class="calendar-weekday">{day.label}</span>{today}</time>'
    )


def _plan_link(day: Day, sheet: _Sheet) -> str:
    """ "Plan on this day", for planners and days to come."""
    if not sheet.plans or day.is_past:
        return ""
    words = sheet.plan_words % {"day": day.label}
    return (
        f'<a class="calendar-plan" href="{sheet.new_path}?day={day.iso}">'
        f'<span aria-hidden="true">+</span><span class="visually-hidden">{words}</span></a>'
    )


def _marks(marks: tuple[DayMark, ...]) -> str:
    """Holidays and busy periods: codes and name as text; the hatching says it once more."""
    return "".join(
        '<p class="calendar-mark"><span class="calendar-mark-codes">'
        f"{escape(' '.join(mark.codes))}</span> {escape(mark.name)}</p>"
        for mark in marks
    )


def _item(entry: Entry, sheet: _Sheet) -> str:
    """A session inside a day: clock, title, countries, and the button to move it.

    Its own hour is a tooltip here, and spoken, where the clocks differ.
    """
    own = escape(entry.own_clock)
    spoken = f' <span class="visually-hidden">({own})</span>' if own else ""
    words = (
        f'<span class="calendar-clock">{entry.clock}</span> '
        f'<span class="calendar-title">{escape(entry.card.title)}</span>{spoken} {_codes(entry)}'
    )
    return (
        f'<div class="calendar-item"{_move_data(entry, sheet)}>{_link(entry, words, own)}'
        f"{_move_link(entry, sheet)}</div>"
    )


def _codes(entry: Entry) -> str:
    card = entry.card
    state = f" · {escape(str(card.status.label))}" if card.status == Status.CANCELLED else ""
    return f'<span class="calendar-codes">{escape(" ".join(card.countries))}{state}</span>'


def _link(entry: Entry, words: str, tip: str) -> str:
    """A link where the session's page may be seen; the colour is its country's, if it has one."""
    card = entry.card
    looks = "calendar-entry is-cancelled" if card.status == Status.CANCELLED else "calendar-entry"
    colour = f' data-country="{escape(card.countries[0])}"' if len(card.countries) == 1 else ""
    title = f' title="{tip}"' if tip else ""
    if card.url:
        return f'<a href="{card.url}" class="{looks}"{colour}{title}>{words}</a>'
    return f'<span class="{looks}"{colour}{title}>{words}</span>'


def _move_data(entry: Entry, sheet: _Sheet) -> str:
    """What a drag needs: the address of the move and the day people agreed on."""
    card = entry.card
    if not card.may_move:
        return ""
    return (
        f' data-move="{sheet.move_url(card.pk)}" data-version="{card.version}"'
        f' data-own-day="{card.own_start.date().isoformat()}"'
    )


def _move_link(entry: Entry, sheet: _Sheet) -> str:
    card = entry.card
    if not card.may_move:
        return ""
    return (
        f'<a class="calendar-move" href="{sheet.move_url(card.pk)}">{sheet.move_word}'
        f'<span class="visually-hidden"> {escape(card.title)}</span></a>'
    )


@register.simple_tag
def agenda_cards(day: Day, here: str) -> SafeString:
    """A day's sessions in the agenda: the card, which day of a workshop it is, the move button."""
    sheet = _sheet(here, False, get_language())
    return format_html_join("", "<li>{}</li>", ((_agenda_card(e, sheet),) for e in day.entries))


def _agenda_card(entry: Entry, sheet: _Sheet) -> SafeString:
    part = f'<span class="quiet">{escape(entry.clock)}</span>' if entry.all_day else ""
    return session_card(entry.card, mark_safe(part + _move_link(entry, sheet)))  # noqa: S308


@register.simple_tag
def day_marks(day: Day) -> SafeString:
    """Holidays and busy periods of a day in the agenda."""
    return mark_safe(_marks(day.marks))  # noqa: S308  names are escaped there


@register.simple_tag
def legend(codes_and_names: tuple[tuple[str, str], ...]) -> SafeString:
    """What the colours and the hatching mean; every colour has its word."""
    return _legend(codes_and_names, get_language())


@lru_cache(maxsize=100)
def _legend(codes_and_names: tuple[tuple[str, str], ...], _language: str | None) -> SafeString:
    marks = ((country_mark(code, name),) for code, name in codes_and_names)
    return format_html(
        '<ul class="calendar-legend" aria-label="{}">{}<li><span class="calendar-hatch" '
        'aria-hidden="true"></span> {}</li></ul>',
        _("What the colours mean"),
        format_html_join("", "<li>{}</li>", marks),
        _("Holiday or busy time"),
    )


@register.simple_tag
def week_grid(week: Week, zone: str, here: str, may_plan: bool) -> SafeString:
    """The week's columns on the clock of `zone`; `here` is the page's query, for the way back."""
    sheet = _sheet(here, may_plan, get_language())
    quiet_end = "" if any(c.day.entries for c in week.columns[5:]) else " week-quiet-end"
    hours = "".join(
        f'<span class="week-hour">{hour:02d}:00</span>'
        for hour in range(week.first_hour, week.last_hour)
    )
    columns = "".join(_column(column, week.first_hour, sheet) for column in week.columns)
    return mark_safe(  # noqa: S308  every piece is escaped where it enters
        f'<div class="week{quiet_end}" data-sheet="week" data-zone="{escape(zone)}" '
        f'data-first-hour="{week.first_hour}">'
        f'<div class="week-hours" aria-hidden="true">{hours}</div>{columns}</div>'
    )


@lru_cache(maxsize=1000)
def _column(column: Column, first_hour: int, sheet: _Sheet) -> str:
    day = column.day
    all_day = "".join(_item(entry, sheet) for entry in column.all_day)
    surplus = _folded(column.surplus, _("+%(n)d at the same time"), sheet)
    blocks = "".join(_block(block, first_hour, sheet) for block in column.blocks)
    return (
        f'<div id="day-{day.iso}" data-day="{day.iso}" class="week-day {_looks(day)}" '
        f'role="group" aria-label="{day.label}"><h2 class="week-head"><time datetime="{day.iso}">'
        f'<span class="calendar-number">{formats.date_format(day.date, "D j")}</span>'
        f'<span class="calendar-weekday">{day.label}</span></time>{_plan_link(day, sheet)}</h2>'
        f'<div class="week-top">{_marks(day.marks)}{all_day}{surplus}</div>'
        f'<div class="week-body" data-body>{blocks}</div></div>'
    )


def _block(block: Block, first_hour: int, sheet: _Sheet) -> str:
    """A session at its hours: the row and the height are classes, for no page has inline style."""
    row = (block.begins - first_hour * 60) // STEP
    height = max(2, -(-block.ends // STEP) - block.begins // STEP)
    entry, own = block.entry, escape(block.entry.own_clock)
    # Beside others there is room for the start alone; the tooltip says all in any case.
    clock = block.clocks if block.lanes == 1 else entry.clock
    said = ", ".join(filter(None, (block.clocks, escape(entry.card.title), own)))
    words = (
        f'<span class="calendar-clock">{clock}</span> {_codes(entry)} '
        f'<span class="calendar-title">{escape(entry.card.title)}</span>'
        f' <span class="calendar-own">{own}</span>'
    )
    data = "" if block.continues else _move_data(entry, sheet)
    return (
        f'<div class="calendar-item week-item r{row} n{height} l{block.lane}-{block.lanes}"{data}>'
        f"{_link(entry, words, said)}{_move_link(entry, sheet)}</div>"
    )
