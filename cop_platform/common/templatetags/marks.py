"""The smallest marks, many times on a page: written in Python, where one costs microseconds.

A template of its own would cost ten times as much for each of the hundreds in a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django import template
from django.forms import BaseForm, BoundField, ChoiceField
from django.utils import formats
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cop_platform.common.templatetags.ui import icon, initials

register = template.Library()

_ANSWERS = {"yes": ("ok", "check"), "maybe": ("info", "question"), "no": ("quiet", "x")}


@register.simple_tag
@lru_cache(maxsize=200)
def country_mark(code: str, name: str = "") -> SafeString:
    """A country as its code and, where given, its name."""
    words = format_html(" {}", name) if name else ""
    return format_html(
        '<span class="country" data-country="{}"><span class="country-code">{}</span>{}</span>',
        code,
        code,
        words,
    )


@register.simple_tag
def country_marks(codes: Iterable[str]) -> SafeString:
    """Several countries by their codes."""
    return mark_safe(" ".join(country_mark(code) for code in codes))  # noqa: S308  escaped each


@register.simple_tag
def status_chip(kind: str, icon_name: str, label: str | Promise) -> SafeString:
    """A state as icon and word; kind is ok, warn, bad, info or quiet."""
    return _chip(kind, icon_name, str(label))


@lru_cache(maxsize=2000)
def _chip(kind: str, icon_name: str, label: str) -> SafeString:
    return format_html('<span class="chip chip-{}">{} {}</span>', kind, icon(icon_name), label)


@register.simple_tag
def answer_chip(answer: str, label: str | Promise) -> SafeString:
    """An answer to an invitation as icon and word; the empty answer waits."""
    kind, icon_name = _ANSWERS.get(answer, ("warn", "clock"))
    return status_chip(kind, icon_name, label)


@register.simple_tag
def date_block(day: date) -> SafeString:
    """A day as a leaf of a calendar, in the active language."""
    return _leaf(day, get_language())


@lru_cache(maxsize=2000)
def _leaf(day: date, _language: str | None) -> SafeString:
    return format_html(
        '<time class="date-block" datetime="{}"><span class="date-block-month">{}</span>'
        '<span class="date-block-day">{}</span><span class="date-block-weekday">{}</span></time>',
        day.isoformat(),
        formats.date_format(day, "M"),
        day.day,
        formats.date_format(day, "D"),
    )


@register.simple_tag
def person_mark(name: str, role: str | Promise = "", country: str = "") -> SafeString:
    """A person: initials, name, role, country code."""
    return _person(name, str(role or ""), country)


@lru_cache(maxsize=2000)
def _person(name: str, role: str, country: str) -> SafeString:
    where = format_html(" {}", country_mark(country)) if country else ""
    return format_html(
        '<span class="person"><span class="person-initials"{} aria-hidden="true">{}</span>'
        '<span class="person-words"><bdi class="person-name">{}</bdi>'
        '<span class="person-role">{}{}</span></span></span>',
        format_html(' data-country="{}"', country) if country else "",
        initials(name),
        name,
        role,
        where,
    )


@register.simple_tag
def filter_fields(form: BaseForm, hide: str = "") -> SafeString:
    """The labelled controls of a filter bar, but for the one named `hide`.

    Those that the form names in `in_more` are folded away until one of them is used.
    """
    folded = getattr(form, "in_more", ())
    fields = [field for field in form.visible_fields() if field.name != hide]
    shown = format_html_join("", "{}", ((_labelled(f),) for f in fields if f.name not in folded))
    if not folded:
        return shown
    more = [field for field in fields if field.name in folded]
    return format_html(
        '{}<details class="filter-more"{}><summary>{}</summary><div>{}</div></details>',
        shown,
        mark_safe(" open") if any(f.value() or f.errors for f in more) else "",
        _("More filters"),
        format_html_join("", "{}", ((_labelled(field),) for field in more)),
    )


def _labelled(field: BoundField) -> SafeString:
    search = " filter-search" if field.name == "q" else ""
    return format_html(
        '<div class="filter filter-{}{}"><label for="{}">{}</label>{}{}</div>',
        field.widget_type,
        search,
        field.id_for_label,
        field.label,
        _control(field),
        format_html_join(
            "",
            '<p class="invalid-feedback d-block" id="{}_error">{}</p>',
            ((field.auto_id, error) for error in field.errors),
        ),
    )


def _control(field: BoundField) -> SafeString:
    if not isinstance(field.field, ChoiceField):
        return field.as_widget()
    choices = tuple((str(value), str(label)) for value, label in field.field.choices)  # type: ignore[misc, union-attr]
    return _select(field.html_name, field.auto_id or "", str(field.value() or ""), choices)


@lru_cache(maxsize=1000)
def _select(
    name: str, element_id: str, chosen: str, choices: tuple[tuple[str, str], ...]
) -> SafeString:
    """A choice; every list draws the same few with every page."""
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, mark_safe(" selected") if value == chosen else "", label)
            for value, label in choices
        ),
    )
    return format_html(
        '<select name="{}" id="{}" class="form-select">{}</select>', name, element_id, options
    )
