"""The form that moves a session."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from cop_platform.common.times import NoSuchTime, TwiceThatDay, city, validate_day, validate_zone
from sessions.domain.moving import Target, on_own_clock
from sessions.models import CopSession


class MoveForm(forms.Form):
    """A day and a clock; in the session's own zone unless `zone` names another.

    `back` is the query of the calendar somebody came from.
    """

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )
    clock = forms.TimeField(
        label=_("Start"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    zone = forms.CharField(required=False, validators=[validate_zone], widget=forms.HiddenInput)
    fold = forms.TypedChoiceField(
        choices=[("", ""), ("0", ""), ("1", "")],
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.HiddenInput,
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    back = LineFormField(required=False, limit=2000, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, session: CopSession, **kwargs: Any) -> None:
        """`data` may name only a part: what it leaves out is as the session has it."""
        filled = {"day": session.wall_day.isoformat(), "clock": f"{session.wall_clock:%H:%M}"}
        super().__init__({**filled, **data.dict()}, **kwargs)
        self.session = session
        self.twice = False

    def target(self) -> Target:
        """The time on the session's own clock. Raises NoSuchTime, TwiceThatDay."""
        day: date = self.cleaned_data["day"]
        clock: time = self.cleaned_data["clock"]
        zone: str = self.cleaned_data["zone"]
        if zone and zone != self.session.zone:
            return on_own_clock(self.session, day, clock, zone)
        return Target(day, clock, self.cleaned_data["fold"])

    def time_error(self, error: NoSuchTime | TwiceThatDay) -> None:
        """Says what is wrong with a wall time that is not unique; `twice` lets the page ask."""
        zone: str = self.cleaned_data["zone"] or self.session.zone
        place = {"city": city(zone)}
        if isinstance(error, NoSuchTime):
            text = _("The clocks in %(city)s skip this hour that night. Choose another time.")
        else:
            self.twice = zone == self.session.zone
            text = _("The clocks in %(city)s show this hour twice that night. Which one is meant?")
        self.add_error("clock", text % place)
