"""Marks of sessions that stand on a page by the hundred; see common/templatetags/marks.py."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cop_platform.common.templatetags.marks import (
    answer_chip,
    country_marks,
    date_block,
    status_chip,
)
from sessions.domain.cards import SessionCard
from sessions.enums import Status

register = template.Library()


_STATES = {
    Status.OPEN: ("info", "clock"),
    Status.ENDED: ("quiet", "check"),
    Status.CANCELLED: ("bad", "x"),
}


@register.simple_tag
def session_card(card: SessionCard, extra: SafeString | str = "") -> SafeString:
    """A session in a list: date, title, time on the reader's clock, countries, state, answer.

    `extra` stands beside the state, such as a button.
    """
    return _drawn(card, extra, get_language())


@lru_cache(maxsize=4000)
def _drawn(card: SessionCard, extra: SafeString | str, _language: str | None) -> SafeString:
    """The same sessions stand on everybody's lists all day."""
    title = format_html('<a href="{}">{}</a>', card.url, card.title) if card.url else card.title
    zone = format_html(' <bdi class="quiet">({})</bdi>', card.zone_line) if card.zone_line else ""
    return format_html(
        '<article class="session-card{}"><span aria-hidden="true">{}</span>'
        '<div class="session-card-words"><h3>{}</h3>'
        '<p class="session-card-when"><bdi>{}</bdi>{}, {}</p>'
        '<p class="session-card-kind">{} <span class="quiet">{}</span></p></div>'
        '<div class="session-card-state">{}{}{}</div></article>',
        {Status.CANCELLED: " is-cancelled", Status.ENDED: " is-ended"}.get(card.status, ""),
        date_block(card.day),
        title,
        card.when_line,
        zone,
        card.distance,
        country_marks(card.countries),
        card.kind,
        _state(card),
        _answer(card),
        extra,
    )


def _state(card: SessionCard) -> SafeString | str:
    look = _STATES.get(card.status)
    return status_chip(*look, card.status.label) if look else ""


def _answer(card: SessionCard) -> SafeString | str:
    if card.answer is None or card.status == Status.CANCELLED:
        return ""
    return answer_chip(card.answer, card.answer.label)
