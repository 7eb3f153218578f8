"""What a person sets about oneself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from cop_platform.common.times import validate_day, zone_names
from experts.fields import NameField

# More reviews at a time than anybody writes well.
MOST_REVIEWS = 20


class ProfileForm(forms.Form):
    """What a person sets about oneself."""

    name = NameField(label=_("Name"))
    zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Times are shown on this clock."))
    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.PROJECT_LANGUAGES)
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        choices=settings.PROJECT_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ask_me_about = LineFormField(
        label=_("Ask me about"),
        required=False,
        help_text=_("What colleagues in other countries can ask you."),
    )
    in_directory = forms.BooleanField(
        label=_("Show me in the directory"),
        required=False,
        help_text=_("Members see name, country, role and languages; never your address."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [(name, name) for name in zone_names()]  # type: ignore[attr-defined]


class WorkloadForm(forms.Form):
    """How many reviews an expert takes at a time, and when nobody asks them."""

    most_reviews = forms.IntegerField(
        label=_("Reviews at a time"),
        min_value=0,
        max_value=MOST_REVIEWS,
        help_text=_("So many open reviews at most are proposed for you; 0 for none now."),
    )
    away_from = forms.DateField(
        label=_("Away from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )
    away_until = forms.DateField(
        label=_("Away until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
        help_text=_("On these days, both included, nobody asks you for a review."),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = said.get("away_from"), said.get("away_until")
        if start and end and end < start:
            self.add_error("away_until", _("This day is before the one you leave on."))
        return said
