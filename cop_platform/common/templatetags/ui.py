"""Small words of the templates: icons, initials, bars, filters. None of them asks the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.db.models import Model
from django.http import QueryDict
from django.template import RequestContext
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
_LANGUAGES: dict[str, Any] = dict(settings.PROJECT_LANGUAGES)
Pairs = tuple[tuple[str, int], ...]


@register.simple_tag
@lru_cache(maxsize=100)
def icon(name: str) -> SafeString:
    """An icon of the sprite; it decorates a word and is silent for screen readers."""
    return format_html(
        '<svg class="icon icon-{}" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        name,
        static("icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache(maxsize=5000)
def initials(name: str) -> str:
    """First letters of the first and the last part of a name."""
    parts = str(name).split()
    return "".join(part[0] for part in [*parts[:1], *parts[1:][-1:]]).upper()


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """Languages by their codes, as a person reads them; a code that is none of ours stays."""
    return ", ".join(str(_LANGUAGES.get(code, code)) for code in codes)


@register.simple_tag
def fixed(template_name: str, **values: Any) -> SafeString:
    """A template that shows nothing but the given values; remembered by them, language and zone.

    The frame around every page is the same for hours; drawing it anew cost a tenth of a page.
    The values must be plain ones, equal only when they look alike: no rows of the database, which
    are equal by their key. The template must use neither the request nor the database.
    """
    zone = timezone.get_current_timezone_name()
    return _drawn(template_name, get_language(), zone, tuple(values.items()))


@lru_cache(maxsize=4000)
def _drawn(
    template_name: str, _language: str | None, _zone: str, values: tuple[tuple[str, Any], ...]
) -> SafeString:
    if any(isinstance(value, Model) for _name, value in values):
        raise TypeError("A remembered template takes plain values, no rows.")
    return render_to_string(template_name, dict(values))


@dataclass(frozen=True)
class Segment:
    """A part of a bar, `start` and `width` in percent; `key` names its look."""

    key: str
    count: int
    start: str
    width: str


@register.simple_tag
def segments(counts: Mapping[str, int] | Pairs, total: int) -> list[Segment]:
    """The parts of a distribution bar; the empty key comes last and is called "waiting"."""
    found, start = [], 0.0
    pairs = counts.items() if isinstance(counts, Mapping) else counts
    for key, count in sorted(pairs, key=lambda part: not part[0]):
        width = 100 * count / total if total else 0.0
        found.append(Segment(key or "waiting", count, f"{start:.2f}%", f"{width:.2f}%"))
        start += width
    return found


@dataclass(frozen=True)
class ActiveFilter:
    """A filter in use: what it says and the address without it."""

    label: str
    value: str
    query: str


@register.simple_tag(takes_context=True)
def active_filters(context: RequestContext, form: forms.Form) -> list[ActiveFilter]:
    """The filters a person has set, each with a way to take it away again."""
    chosen = getattr(form, "cleaned_data", {})
    return [
        ActiveFilter(
            str(field.label), _said(field.field, chosen[field.name]), _without(context, field.name)
        )
        for field in form.visible_fields()
        if chosen.get(field.name)
    ]


def _said(field: forms.Field, value: Any) -> str:
    """The words of a choice; the empty text for a plain tick, whose label says it all."""
    if value is True:
        return ""
    if isinstance(field, forms.ModelChoiceField):
        return str(value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return str(value)


def _without(context: RequestContext, name: str) -> str:
    query: QueryDict = context.request.GET.copy()
    query.pop(name, None)
    query.pop("page", None)
    return f"?{query.urlencode()}"


@register.simple_tag
def field_anchor(field: forms.BoundField) -> str:
    """The id an error summary links to; of a group of ticks, the first."""
    return field.id_for_label or f"{field.auto_id}_0"
