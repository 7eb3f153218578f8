"""User text in plain-text mails, where a program would turn it into a link on its own."""

from __future__ import annotations

import re

from django import template

register = template.Library()
_LINKISH = re.compile(r"(?i)(https?|ftp|mailto|javascript|data):|www\.")
_WORD_JOINER = "\u2060"


@register.filter
def fenced(value: object) -> str:
    """The text with every would-be link broken by an invisible sign, so that none is live."""
    text = str(value)
    return _LINKISH.sub(lambda found: found.group()[:-1] + _WORD_JOINER + found.group()[-1], text)
