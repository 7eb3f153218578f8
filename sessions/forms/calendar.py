"""What a calendar shows: view, period and zone, and what it is narrowed to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cop_platform.common.times import validate_day
from experts.models import Country
from sessions.domain.calendar_links import AGENDA, MONTH, WEEK
from sessions.forms.filters import SessionFilterForm


class KnownCountryField(forms.ChoiceField):
    """As experts.fields.CountryField, out of countries that the page has loaded already."""

    known: Sequence[Country] = ()

    def offer(self, countries: Sequence[Country]) -> None:
        self.known = countries
        self.choices = [("", _("All countries")), *((c.code, c.name) for c in countries)]

    def to_python(self, value: Any) -> Country | None:
        if not value:
            return None
        code = str(value).upper()
        found = next((c for c in self.known if code in {c.code, c.iso_code}), None)
        if found is None:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": code}
            )
        return found

    def valid_value(self, value: Any) -> bool:
        return isinstance(value, Country)


class CalendarFilterForm(SessionFilterForm):
    """What the calendar is narrowed to; "coming up" and "past" are for lists, and not shown."""

    country = KnownCountryField(label=_("Country"), required=False)  # type: ignore[assignment]
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("All languages")), *settings.PROJECT_LANGUAGES],
        required=False,
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    field_order = ["q", "country", "kind", "language", "topic", "mine"]

    def __init__(
        self, *args: Any, countries: Sequence[Country], topics: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].offer(countries)  # type: ignore[attr-defined]
        self.fields["topic"].choices = [  # type: ignore[attr-defined]
            ("", _("All topics")),
            *((name, name) for name in topics),
        ]


class CalendarForm(forms.Form):
    """Which view of which days, on whose clock; "list" is the agenda's older name."""

    view = forms.ChoiceField(
        choices=[(name, name) for name in ("", MONTH, WEEK, AGENDA, "list")], required=False
    )
    month = forms.DateField(input_formats=["%Y-%m"], required=False, validators=[validate_day])
    week = forms.DateField(input_formats=["%Y-%m-%d"], required=False, validators=[validate_day])
    zone = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, zones: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [("", ""), *((zone, zone) for zone in zones)]  # type: ignore[attr-defined]

    def shown_view(self) -> str:
        chosen: str = self.cleaned_data["view"]
        return {"": MONTH, "list": AGENDA}.get(chosen, chosen)

    def day(self, today: date) -> date:
        """A day of the period: the chosen week's or month's; today where it lies in that month."""
        week: date | None = self.cleaned_data["week"]
        month: date | None = self.cleaned_data["month"]
        if week and self.shown_view() == WEEK:
            return week
        if month is None:
            return week or today
        return today if (today.year, today.month) == (month.year, month.month) else month
