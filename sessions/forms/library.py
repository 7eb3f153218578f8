"""Forms of the library: a kind's template, a method."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from sessions.domain.library import KindContent, MethodContent
from sessions.forms.details import TemplateFields, initial_of_template
from sessions.models import KindTemplate, Method

Steps = tuple[tuple[str, int], ...]


class KindForm(TemplateFields):
    """What choosing this kind fills in."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def content(self, steps: Steps) -> KindContent:
        return KindContent(steps=steps, **self.template_values())


class MethodForm(forms.Form):
    """A method's words; its steps are rows of their own."""

    name = LineFormField(label=_("Name"))
    purpose = TextFormField(
        label=_("Good for"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def content(self, steps: Steps) -> MethodContent:
        cleaned = self.cleaned_data
        return MethodContent(name=cleaned["name"], purpose=cleaned["purpose"], steps=steps)


def initial_of(entry: KindTemplate | Method) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the form and the rows of an entry start with."""
    if isinstance(entry, KindTemplate):
        initial = initial_of_template(entry)
    else:
        initial = {"name": entry.name, "purpose": entry.purpose}
    steps = [{"title": title, "minutes": minutes} for title, minutes in entry.steps]
    return initial | {"version": entry.version}, steps
