"""The words of a theme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from experts.models import Country
from feedback.focus_groups.domain.coding.theme_writing import Said
from feedback.focus_groups.models import Code, Theme
from materials.models import Version


class ThemeForm(forms.Form):
    """A pattern in one sentence, the codes it is made of, and what it asks something of."""

    title = LineFormField(
        label=_("Theme"), help_text=_("One sentence that could be true or not, in your own words.")
    )
    summary = TextFormField(
        label=_("What people told us"),
        limit=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In your words, without quotes: this goes into the ledger and stays there."),
    )
    codes = forms.ModelMultipleChoiceField(
        label=_("Codes"),
        queryset=Code.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("How far the theme reaches is counted from them."),
    )
    is_major = forms.BooleanField(label=_("Main theme"), required=False, initial=True)
    version = forms.ModelChoiceField(
        label=_("It asks something of"),
        queryset=Version.objects.none(),
        required=False,
        empty_label=_("No material in particular"),
        help_text=_("Then it can become a change request. Listed is what groups were shown."),
    )

    def __init__(self, data: Any = None, *, country: Country, theme: Theme | None = None) -> None:
        names = ("title", "summary", "is_major", "version")
        initial = {name: getattr(theme, name) for name in names} if theme else {}
        if theme:
            initial["codes"] = [code.pk for code in theme.codes.all()]
        super().__init__(data, initial=initial)
        shown = Q(focus_groups__country=country)
        if theme and theme.version_id:
            shown |= Q(pk=theme.version_id)
        versions = Version.objects.filter(shown).select_related("material").distinct()
        self.fields["version"].queryset = versions.order_by("material__code", "number")  # type: ignore[attr-defined]
        self.fields["codes"].queryset = Code.objects.in_use().filter(country=country)  # type: ignore[attr-defined]

    def said(self) -> Said:
        return Said(**self.cleaned_data)
