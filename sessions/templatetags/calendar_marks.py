"""The sheets of the calendar: a month's table, a week's columns. Why in Python: ADR 0008, 0011."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import formats
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
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
    """What every entry of one page shares: words said once, and the way back from a move."""

    back: str
    plans: bool

    def move_url(self, pk: int) -> str:
        return f"{reverse('session_move', args=[pk])}?{self.back}"

    @property
    def new_url(self) -> str:
        return reverse("session_new")


def _joined(parts: Iterable[str]) -> SafeString:
    """Parts that are safe each, as one; a plain string among them is escaped."""
    return mark_safe("".join(conditional_escape(part) for part in parts))  # noqa: S308


@register.simple_tag
def month_table(month: Month, here: str, may_plan: bool) -> SafeString:
    """The month's table; `here` is the page's query, for the way back from a move."""
    sheet = _Sheet(urlencode({"back": here}), may_plan)
    heads = _joined(
        format_html(
            '<th scope="col"><abbr title="{}">{}</abbr></th>',
            formats.date_format(day.date, "l"),
            formats.date_format(day.date, "D"),
        )
        for day in month.weeks[0]
    )
    rows = _joined(
        format_html("<tr>{}</tr>", _joined(_cell(day, sheet) for day in week))
        for week in month.weeks
    )
    return format_html(
        '<table class="calendar" data-sheet="month"><caption class="visually-hidden">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        formats.date_format(month.first, "F Y"),
        heads,
        rows,
    )


def _cell(day: Day, sheet: _Sheet) -> SafeString:
    more: SafeString | str = ""
    if day.more:
        more = format_html(
            '<details class="calendar-more"><summary>{}</summary>{}</details>',
            _("+%(n)d more") % {"n": len(day.more)},
            _joined(calendar_entry(entry, sheet) for entry in day.more),
        )
    return format_html(
        '<td id="day-{}" data-day="{}" class="{}"><div class="calendar-head">{}{}</div>{}{}{}</td>',
        day.iso,
        day.iso,
        _looks(day),
        _number(day),
        _plan_link(day, sheet),
        _marks(day.marks),
        _joined(calendar_entry(entry, sheet) for entry in day.first_entries),
        more,
    )


def _looks(day: Day) -> str:
    looks = (
        ("calendar-other", not day.in_period),
        ("calendar-today", day.is_today),
        ("calendar-off", bool(day.marks)),
        ("calendar-empty", not day.entries and not day.marks),
    )
    return " ".join(name for name, holds in looks if holds)


def _number(day: Day) -> SafeString:
    today = format_html('<span class="visually-hidden"> {}</span>', _("today"))
    return format_html(
        '<time class="calendar-day" datetime="{}"><span class="calendar-number">{}</span>'
        '<span class="calendar-weekday">{}</span>{}</time>',
        day.iso,
        day.date.day,
        day.label,
        today if day.is_today else "",
    )


def _plan_link(day: Day, sheet: _Sheet) -> SafeString | str:
    """ "Plan on this day", for planners and days to come."""
    if not sheet.plans or day.is_past:
        return ""
    return format_html(
        '<a class="calendar-plan" href="{}?day={}"><span aria-hidden="true">+</span>'
        '<span class="visually-hidden">{}</span></a>',
        sheet.new_url,
        day.iso,
        _("Plan a session on %(day)s") % {"day": day.label},
    )


def _marks(marks: list[DayMark]) -> SafeString | str:
    """Holidays and busy periods: codes and name as text; the hatching says it once more."""
    if not marks:
        return ""
    return _joined(
        format_html(
            '<p class="calendar-mark"><span class="calendar-mark-codes">{}</span> {}</p>',
            " ".join(mark.codes),
            mark.name,
        )
        for mark in marks
    )


def calendar_entry(entry: Entry, sheet: _Sheet) -> SafeString:
    """A session inside a day of the month: clock, title, countries, and the button to move it."""
    return format_html(
        '<div class="calendar-item"{}>{}{}</div>',
        _move_data(entry, sheet),
        _month_link(entry),
        _move_link(entry, sheet),
    )


def _month_link(entry: Entry) -> SafeString:
    """In a month the session's own hour is a tooltip, spoken where the clocks differ."""
    own = entry.own_clock
    spoken = format_html(' <span class="visually-hidden">({})</span>', own) if own else ""
    words = format_html(
        '<span class="calendar-clock">{}</span> <span class="calendar-title">{}</span>{} {}',
        entry.clock,
        entry.card.title,
        spoken,
        _codes(entry),
    )
    return _link(entry, words)


def _codes(entry: Entry) -> SafeString:
    cancelled = entry.card.status == Status.CANCELLED
    return format_html(
        '<span class="calendar-codes">{}{}</span>',
        " ".join(entry.card.countries),
        format_html(" · {}", entry.card.status.label) if cancelled else "",
    )


def _link(entry: Entry, words: SafeString) -> SafeString:
    """A link where the session's page may be seen; the colour is its country's, if it has one."""
    card = entry.card
    return format_html(
        '<{} class="calendar-entry{}"{}{}>{}</{}>',
        format_html('a href="{}"', card.url) if card.url else "span",
        " is-cancelled" if card.status == Status.CANCELLED else "",
        format_html(' data-country="{}"', card.countries[0]) if len(card.countries) == 1 else "",
        format_html(' title="{}"', entry.own_clock) if entry.own_clock else "",
        words,
        "a" if card.url else "span",
    )


def _move_data(entry: Entry, sheet: _Sheet) -> SafeString | str:
    """What a drag needs: the address of the move and the day people agreed on."""
    if not entry.card.may_move:
        return ""
    return format_html(
        ' data-move="{}" data-version="{}" data-own-day="{}"',
        sheet.move_url(entry.card.pk),
        entry.card.version,
        entry.card.own_start.date().isoformat(),
    )


def _move_link(entry: Entry, sheet: _Sheet) -> SafeString | str:
    if not entry.card.may_move:
        return ""
    return format_html(
        '<a class="calendar-move" href="{}">{}<span class="visually-hidden"> {}</span></a>',
        sheet.move_url(entry.card.pk),
        _("Move"),
        entry.card.title,
    )


@register.simple_tag
def agenda_card(entry: Entry, here: str) -> SafeString:
    """A session in the agenda: its card, which day of a workshop this is, the button to move it."""
    part = format_html('<span class="quiet">{}</span>', entry.clock) if entry.all_day else ""
    move = _move_link(entry, _Sheet(urlencode({"back": here}), plans=False))
    return session_card(entry.card, _joined((part, move)))


@register.simple_tag
def day_marks(day: Day) -> SafeString | str:
    """Holidays and busy periods of a day in the agenda."""
    return _marks(day.marks)


@register.simple_tag
def legend(codes_and_names: Iterable[tuple[str, str]]) -> SafeString:
    """What the colours and the hatching mean; every colour has its word."""
    marks = _joined(
        format_html("<li>{}</li>", country_mark(code, name)) for code, name in codes_and_names
    )
    return format_html(
        '<ul class="calendar-legend" aria-label="{}">{}<li><span class="calendar-hatch" '
        'aria-hidden="true"></span> {}</li></ul>',
        _("What the colours mean"),
        marks,
        _("Holiday or busy time"),
    )


@register.simple_tag
def week_grid(week: Week, zone: str, here: str, may_plan: bool) -> SafeString:
    """The week's columns on the clock of `zone`; `here` is the page's query, for the way back."""
    sheet = _Sheet(urlencode({"back": here}), may_plan)
    quiet_end = not any(c.day.entries for c in week.columns[5:])
    hours = _joined(
        format_html('<span class="week-hour">{}</span>', f"{hour:02d}:00")
        for hour in range(week.first_hour, week.last_hour)
    )
    return format_html(
        '<div class="week{}" data-sheet="week" data-zone="{}" data-first-hour="{}">'
        '<div class="week-hours" aria-hidden="true">{}</div>{}</div>',
        " week-quiet-end" if quiet_end else "",
        zone,
        week.first_hour,
        hours,
        _joined(_column(column, week.first_hour, sheet) for column in week.columns),
    )


def _column(column: Column, first_hour: int, sheet: _Sheet) -> SafeString:
    day = column.day
    surplus: SafeString | str = ""
    if column.surplus:
        surplus = format_html(
            '<details class="calendar-more"><summary>{}</summary>{}</details>',
            _("+%(n)d at the same time") % {"n": len(column.surplus)},
            _joined(calendar_entry(entry, sheet) for entry in column.surplus),
        )
    return format_html(
        '<div id="day-{}" data-day="{}" class="week-day {}" role="group" aria-label="{}">'
        '<h2 class="week-head"><time datetime="{}"><span class="calendar-number">{}</span>'
        '<span class="calendar-weekday">{}</span></time>{}</h2>'
        '<div class="week-top">{}{}{}</div><div class="week-body" data-body>{}</div></div>',
        day.iso,
        day.iso,
        _looks(day),
        day.label,
        day.iso,
        formats.date_format(day.date, "D j"),
        day.label,
        _plan_link(day, sheet),
        _marks(day.marks),
        _joined(calendar_entry(entry, sheet) for entry in column.all_day),
        surplus,
        _joined(_block(block, first_hour, sheet) for block in column.blocks),
    )


def _block(block: Block, first_hour: int, sheet: _Sheet) -> SafeString:
    """A session at its hours: the row and the height are classes, for no page has inline style."""
    row = (block.begins - first_hour * 60) // STEP
    height = max(2, -(-block.ends // STEP) - block.begins // STEP)
    entry = block.entry
    return format_html(
        '<div class="calendar-item week-item r{} n{} l{}-{}"{}>{}{}</div>',
        row,
        height,
        block.lane,
        block.lanes,
        "" if block.continues else _move_data(entry, sheet),
        _link(
            entry,
            format_html(
                '<span class="calendar-clock">{}</span> {} <span class="calendar-title">{}</span>'
                ' <span class="calendar-own">{}</span>',
                block.clocks,
                _codes(entry),
                entry.card.title,
                entry.own_clock,
            ),
        ),
        _move_link(entry, sheet),
    )
