"""Text in: what a person types is made harmless once, here, before it reaches a row."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import nh3
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markdown_it import MarkdownIt

MAX_LINE = 200
MAX_TEXT = 20_000

# Marks that turn the direction of what follows; a name carrying one could disguise a file type. In
# text of several lines they are what somebody typed: pages show it in a block of its own, which
# they do not reach out of.
_DIRECTION_OVERRIDES = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e"))
_NOT_CONTROL = {"\n", "\t"}


class UnusableText(ValueError):
    """The text holds characters that no page, mail or file can carry."""


def tidy(value: str, *, multiline: bool) -> str:
    """The text as it is stored: NFC, no C0/C1 control but newline and tab.

    A single line also loses its line breaks, doubled blanks and bidi overrides.
    Raises UnusableText for NUL and lone surrogates, which cannot be repaired silently.
    """
    if "\x00" in value or any(0xD800 <= ord(c) <= 0xDFFF for c in value):
        raise UnusableText
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if not multiline:
        value = value.translate(_DIRECTION_OVERRIDES)
    value = "".join(c for c in value if c in _NOT_CONTROL or unicodedata.category(c) != "Cc")
    # Last, because taking a control away can bring a letter and its accent together.
    value = unicodedata.normalize("NFC", value)
    return value.strip() if multiline else " ".join(value.split())


def _clean(value: str, *, multiline: bool, limit: int) -> str:
    try:
        value = tidy(value, multiline=multiline)
    except UnusableText as error:
        raise ValidationError(
            _("This text holds characters that cannot be stored. Please type them again."),
            code="unusable",
        ) from error
    if len(value) > limit:
        raise ValidationError(
            ngettext(
                "Please shorten this to %(limit)d character; it has %(length)d.",
                "Please shorten this to %(limit)d characters; it has %(length)d.",
                limit,
            )
            % {"limit": limit, "length": len(value)},
            code="too_long",
        )
    return value


class LineFormField(forms.CharField):
    """One line of text in a form."""

    multiline = False

    def __init__(self, *, limit: int = MAX_LINE, **kwargs: Any) -> None:
        self.limit = limit
        # Django's own length and NUL checks are replaced by sentences of ours.
        kwargs.pop("max_length", None)
        super().__init__(**kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return _clean(text, multiline=self.multiline, limit=self.limit) if text else ""


class TextFormField(LineFormField):
    """Several lines of text in a form."""

    multiline = True
    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, limit: int = MAX_TEXT, **kwargs: Any) -> None:
        kwargs.setdefault("strip", False)
        super().__init__(limit=limit, **kwargs)


class LineField(models.CharField):
    """One stored line; the last wall for text that did not pass a form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_LINE)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return tidy(value, multiline=False) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        limit = self.max_length or MAX_LINE
        return super().formfield(**{"form_class": LineFormField, "limit": limit, **kwargs})


class LongTextField(models.TextField):
    """Stored text of several lines."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return tidy(value, multiline=True) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": TextFormField, "limit": MAX_TEXT, **kwargs})


_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image")
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}


def to_html(source: str) -> SafeString:
    """Markdown typed by a person, as HTML that is safe on a page and in a mail.

    Raw HTML stays text, images are dropped, links are http, https or mailto only.
    """
    html = nh3.clean(
        _markdown.render(source),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(html)  # noqa: S308  the one place where cleaned HTML is declared safe


_LINKISH = re.compile(r"(?i)(https?|ftp|mailto|javascript|data):|www\.")
_WORD_JOINER = "\u2060"


def fenced(text: str) -> str:
    """The text with every would-be link broken by an invisible sign, so that none is live.

    For user text in mails, where a program would turn it into a link on its own.
    """
    return _LINKISH.sub(lambda found: found.group()[:-1] + _WORD_JOINER + found.group()[-1], text)
