"""The days of a certificate, why one is withdrawn, and what the manager's list is narrowed to."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from cop_platform.common.times import validate_day
from experts.fields import CountryField
from feedback.validation.domain.proof.participation import ENDED, HOLDS


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=[validate_day], required=False)


class PeriodForm(forms.Form):
    """From one day to another, both counted; what is left empty is the last twelve months."""

    start = _day(_("From"))
    end = _day(_("To"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        usual = {"start": today - relativedelta(years=1) + relativedelta(days=1), "end": today}
        kwargs.setdefault("initial", usual)
        super().__init__(*args, **kwargs)
        self.today, self.usual = today, usual

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, day in self.usual.items():
            if name in cleaned:
                cleaned[name] = cleaned[name] or day
        start, end = cleaned.get("start"), cleaned.get("end")
        if end and end > self.today:
            self.add_error("end", _("The last day lies ahead: choose today or an earlier day."))
        if start and end and end < start:
            self.add_error("end", _("The period ends before it starts."))
        return cleaned


class WithdrawForm(forms.Form):
    """Why somebody's certificate holds no longer."""

    reason = TextFormField(
        label=_("Reason"),
        limit=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Its holder reads it. Whoever checks the certificate reads that it ended."),
    )


class CertificateFilterForm(forms.Form):
    """What the list of all certificates is narrowed to; anything else is refused."""

    q = LineFormField(label=_("Name"), required=False)
    country = CountryField()
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), (HOLDS, _("Holds")), (ENDED, _("Withdrawn or taken back"))],
    )
