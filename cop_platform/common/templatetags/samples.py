"""Invented data for the style page, so that every component can be seen in its states."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms, template
from django.contrib.staticfiles import finders
from django.core.paginator import Page, Paginator
from django.utils.timezone import make_aware

register = template.Library()
_DAY = date(2026, 11, 26)


class _State(str):
    """A value with a label, as the states of a session are."""

    label: str

    def __new__(cls, value: str, label: str) -> _State:
        state = super().__new__(cls, value)
        state.label = label
        return state


class _SampleForm(forms.Form):
    title = forms.CharField(label="Title", help_text="Short, as people would say it.")
    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label="Kind", choices=[("feedback", "Feedback session")])
    countries = forms.MultipleChoiceField(
        label="Countries",
        choices=[("BG", "Bulgaria"), ("EL", "Greece")],
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = forms.CharField(label="What for", widget=forms.Textarea, required=False)


class _SampleFilter(forms.Form):
    q = forms.CharField(label="Search", required=False)
    country = forms.ChoiceField(
        label="Country", choices=[("", "All countries"), ("EL", "Greece")], required=False
    )
    mine = forms.BooleanField(label="Only mine", required=False)


def _card(title: str, status: _State, answer: _State | None, **more: Any) -> SimpleNamespace:
    card = {
        "title": title,
        "url": "#sessions",
        "kind": "Feedback session",
        "status": status,
        "day": _DAY,
        "clock": "10:00",
        "when_line": "Thu 26 Nov, 10:00 your time",
        "zone_line": "11:00 Athens",
        "distance": "in 2 days",
        "countries": ["EL", "IT"],
        "answer": answer,
    }
    return SimpleNamespace(**card | more)


@register.simple_tag
def sample_cards() -> list[SimpleNamespace]:
    """A session in every state and with every answer."""
    planned = _State("planned", "Planned")
    return [
        _card("What the mentor guide still lacks", planned, _State("", "No answer yet")),
        _card("Peer learning circle", planned, _State("yes", "Yes"), countries=["BG"]),
        _card("Going on", _State("open", "Going on now"), _State("maybe", "Maybe"), zone_line=""),
        _card("Charter talk", _State("ended", "Ended"), _State("no", "No"), countries=["SE", "DE"]),
        _card("Visit", _State("cancelled", "Cancelled"), None, url="", countries=["ES"]),
    ]


@register.simple_tag
def sample_person() -> SimpleNamespace:
    return SimpleNamespace(name="Eleni Papadaki")


@register.simple_tag
def sample_answers() -> dict[str, int]:
    return {"": 3, "yes": 6, "maybe": 2, "no": 1}


@register.simple_tag
def sample_steps() -> list[dict[str, Any]]:
    return [
        {"clock": "10:00", "title": "Welcome and check-in", "minutes": 15, "share": 16.7},
        {"clock": "10:15", "title": "Criterion by criterion", "minutes": 60, "share": 66.7},
        {"clock": "11:15", "title": "What we change, and who", "minutes": 15, "share": 16.6},
    ]


@register.simple_tag
def sample_mails() -> list[dict[str, Any]]:
    return [
        {
            "label": "Invitation",
            "due_at": make_aware(datetime(2026, 11, 12, 9)),
            "states": [("Sent", 12)],
        },
        {
            "label": "Reminder",
            "due_at": make_aware(datetime(2026, 11, 25, 8)),
            "states": [("Planned", 11), ("Withdrawn", 1)],
        },
    ]


@register.simple_tag
def sample_form(bound: bool = False) -> forms.Form:
    """A form as it opens, or `bound`: as it comes back with errors."""
    form = _SampleForm({"title": "", "day": "31.02.2026"} if bound else None)
    if bound:
        form.add_error(None, "The end lies before the start.")
    return form


@register.simple_tag
def sample_filter() -> forms.Form:
    form = _SampleFilter({"q": "guide", "country": "EL", "mine": "on"})
    form.is_valid()
    return form


@register.simple_tag
def sample_page() -> Page[int]:
    return Paginator(range(100), 20).page(2)


@register.simple_tag
def sample_icons() -> list[str]:
    """The names in the sprite, read from the sprite itself."""
    sprite = finders.find("icons.svg")
    text = Path(sprite).read_text(encoding="utf-8") if sprite else ""
    return re.findall(r'<symbol id="([a-z-]+)"', text)
