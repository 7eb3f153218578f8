"""What is typed about a series: how it repeats, which dates a change is about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from cop_platform.common.times import validate_day
from sessions.domain import rule_words
from sessions.domain.planning import SessionPlan
from sessions.domain.recurrence import LIMIT
from sessions.domain.series import SeriesPlan
from sessions.enums import Answer, SeriesScope


class RepeatForm(forms.Form):
    """How a session repeats, until when, and which days are left out."""

    repeat = forms.ChoiceField(
        label=_("Repeat"),
        choices=[
            ("weekly", _("Every week")),
            ("weeks", _("Every few weeks")),
            ("month_day", _("Every month on this day of the month")),
            ("month_nth", _("Every month on this weekday, such as the second Monday")),
            ("month_last", _("Every month on the last such weekday")),
            ("daily", _("Every day")),
        ],
        initial="weekly",
    )
    every = forms.IntegerField(
        label=_("Weeks from one date to the next"),
        min_value=1,
        max_value=52,
        initial=2,
        required=False,
        help_text=_("For “every few weeks”."),
    )
    ends = forms.ChoiceField(
        label=_("Ends"),
        choices=[("count", _("After a number of dates")), ("until", _("On a day"))],
        initial="count",
    )
    count = forms.IntegerField(
        label=_("Number of dates"), min_value=1, max_value=LIMIT, initial=6, required=False
    )
    until = forms.DateField(
        label=_("Last possible day"),
        required=False,
        validators=[validate_day],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    left_out = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8000)
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def clean_left_out(self) -> tuple[date, ...]:
        found = set()
        for text in filter(None, self.cleaned_data["left_out"].split(",")):
            try:
                found.add(date.fromisoformat(text))
            except ValueError as error:
                raise forms.ValidationError(_("Choose days from the list.")) from error
        return tuple(sorted(found))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wanted = cleaned.get("ends")
        if wanted == "count" and "count" in cleaned and not cleaned["count"]:
            self.add_error("count", _("Say how many dates."))
        if wanted == "until" and "until" in cleaned and not cleaned["until"]:
            self.add_error("until", _("Choose the last possible day."))
        if cleaned.get("repeat") == "weeks" and "every" in cleaned and not cleaned["every"]:
            self.add_error("every", _("Say how many weeks."))
        return cleaned

    def plan(self, session: SessionPlan) -> SeriesPlan:
        """The series that begins with `session`."""
        said = self.cleaned_data
        counts = said["ends"] == "count"
        rule = rule_words.compose(
            start=datetime.combine(session.day, session.clock),
            repeat=said["repeat"],
            every=said["every"],
            count=said["count"] if counts else None,
            until=None if counts else said["until"],
        )
        return SeriesPlan(session, rule, said["left_out"])


class ScopeForm(forms.Form):
    """Which dates a change or a cancellation is about."""

    scope = forms.ChoiceField(
        label=_("Which dates"),
        choices=SeriesScope.choices,
        widget=forms.RadioSelect,
        initial=SeriesScope.ONE,
    )
    series_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    session_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)


class ChangeScopeForm(ScopeForm):
    """The same for a change of times."""

    move_all = forms.BooleanField(
        label=_("Also move dates that were moved on their own before"), required=False
    )


class CancelScopeForm(ScopeForm):
    """The same with the reason that everybody reads."""

    reason = LineFormField(
        label=_("Reason"), help_text=_("Everybody invited will read this sentence.")
    )


class BringBackForm(forms.Form):
    """A day that was left out or cancelled, to take place after all."""

    day = forms.TypedChoiceField(
        label=_("Day"), widget=forms.RadioSelect, coerce=date.fromisoformat
    )
    series_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def __init__(self, *args: Any, days: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = days  # type: ignore[attr-defined]


class DatesForm(forms.Form):
    """A guest's answers: one for all dates, or one for each (fields date-ID)."""

    everything = forms.ChoiceField(
        choices=[(a.value, a.label) for a in Answer if a != Answer.NONE], required=False
    )
    note = LineFormField(limit=500, required=False)

    def __init__(self, *args: Any, keys: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = keys
        for key in keys:
            self.fields[f"date-{key}"] = forms.ChoiceField(
                choices=[("", ""), *self.fields["everything"].choices],  # type: ignore[attr-defined]
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.answers():
            raise forms.ValidationError(_("Choose an answer."))
        return cleaned

    def answers(self) -> dict[int, Answer]:
        """The chosen answers by invitation id."""
        said = self.cleaned_data
        if said.get("everything"):
            return dict.fromkeys(self.keys, Answer(said["everything"]))
        return {key: Answer(said[f"date-{key}"]) for key in self.keys if said.get(f"date-{key}")}
