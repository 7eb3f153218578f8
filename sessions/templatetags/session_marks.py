"""Marks of sessions that stand on a page by the hundred; see common/templatetags/marks.py."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sessions.domain.cards import SessionCard
from sessions.enums import Status

register = template.Library()


@register.simple_tag
def calendar_entry(card: SessionCard) -> SafeString:
    """One session inside a day: clock, title, countries; a link where the page may be seen."""
    cancelled = card.status == Status.CANCELLED
    codes = " ".join(card.countries)
    return format_html(
        '<{} class="calendar-entry{}"{}><span class="calendar-clock">{}</span> '
        '<span class="calendar-title">{}</span> <span class="calendar-codes">{}{}</span></{}>',
        format_html('a href="{}"', card.url) if card.url else "span",
        " is-cancelled" if cancelled else "",
        format_html(' data-country="{}"', codes) if len(card.countries) == 1 else "",
        card.clock,
        card.title,
        codes,
        format_html(" · {}", card.status.label) if cancelled else "",
        "a" if card.url else "span",
    )
