"""Forms clean what is typed; the domain decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from cop_platform.common.times import validate_day
from feedback.reports.enums import Profile, Step


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )


class CompileForm(forms.Form):
    """The first and the last day of a report, for whom, and in which languages."""

    start = _day(_("From"))
    end = _day(_("To"))
    profile = forms.ChoiceField(
        label=_("For"),
        choices=list(Profile.choices),
        initial=Profile.AGENCY,
        required=False,
        help_text=_("The one for everybody leaves out declared conflicts and single ratings."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=list(settings.MAIL_LANGUAGES),
        initial=["en"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One report is made for each."),
    )

    def clean_profile(self) -> str:
        return self.cleaned_data["profile"] or Profile.AGENCY.value

    def clean_languages(self) -> list[str]:
        return self.cleaned_data["languages"] or ["en"]


class WithdrawForm(forms.Form):
    """Why a release shall not be relied on any more."""

    reason = TextFormField(
        label=_("Why is it withdrawn?"),
        limit=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody who opens the release reads it."),
    )


class CentreForm(forms.Form):
    """What the list of releases is narrowed to."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("draft", _("Draft")), *Step.choices],
    )
    profile = forms.ChoiceField(
        label=_("For"), required=False, choices=[("", _("All")), *Profile.choices]
    )

    def __init__(
        self, *args: Any, countries: list[tuple[str, str]], years: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("All")), *countries]  # type: ignore[attr-defined]
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *((str(year), str(year)) for year in years),
        ]
