"""The calendar's filters with nothing chosen, as most people see them."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from experts.models import Country
from sessions.forms.calendar import CalendarFilterForm

register = template.Library()
Pairs = tuple[tuple[str, str], ...]


@register.simple_tag
def open_filters(kept: Pairs, countries: Pairs, topics: tuple[str, ...]) -> SafeString:
    """The filter bar; `kept` are the pairs it sends along, `countries` codes and names."""
    return _drawn(kept, countries, topics, get_language())


@lru_cache(maxsize=500)
def _drawn(
    kept: Pairs, countries: Pairs, topics: tuple[str, ...], _language: str | None
) -> SafeString:
    """Remembered by all it shows; a form of six fields cost a tenth of the page."""
    offered = [Country(code=code, name=name) for code, name in countries]
    form = CalendarFilterForm(countries=offered, topics=topics)
    values = {"form": form, "hide": "when", "keep": kept}
    return render_to_string("components/filter_bar.html", values)
