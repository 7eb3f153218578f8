"""Forms clean what is typed; the domain decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from cop_platform.common.times import validate_day
from experts.enums import Role
from experts.models import Country, User
from materials.models import Version


class DueDayForm(forms.Form):
    """By which day reviews are wanted."""

    due_on = forms.DateField(
        label=_("Reviews wanted by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )


class RoundForm(forms.Form):
    """Which version is reviewed, by whose experts, until when."""

    version = forms.ModelChoiceField(
        label=_("Version"),
        queryset=Version.objects.none(),
        empty_label=_("Please choose"),
        help_text=_("The review holds for exactly this version."),
    )
    country = forms.ModelChoiceField(
        label=_("Panel"),
        queryset=Country.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Experts of all countries"),
    )
    due_on = forms.DateField(
        label=_("Reviews wanted by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )
    instruction = TextFormField(
        label=_("What to look at"),
        limit=2000,
        required=False,
        help_text=_("Two sentences that every reviewer reads first."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = Version.objects.visible_to(user).select_related("material")
        self.fields["version"].queryset = versions.order_by("material__code", "-number")  # type: ignore[attr-defined]
        self.fields["version"].label_from_instance = version_words  # type: ignore[attr-defined]
        countries = Country.objects.visible_to(user)
        field = self.fields["country"]
        if not user.access.is_manager:
            own = user.access.countries(Role.COORDINATOR)
            countries = countries.filter(pk__in=own)
            field.required, field.empty_label = True, None  # type: ignore[attr-defined]
        field.queryset = countries  # type: ignore[attr-defined]


def version_words(version: Version) -> str:
    """A version in a list of choices: M01 Mentor guide, v3 (English)."""
    material = version.material
    language = version.get_language_display()
    return f"{material.code} {material.title}, v{version.number} ({language})"
