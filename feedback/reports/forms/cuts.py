"""What is chosen for a named report, and in which language it is compiled."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cop_platform.common.reporting import sections
from cop_platform.common.text import LineFormField
from cop_platform.common.times import validate_day
from experts import reference
from feedback.reports.domain.cuts import Chosen
from feedback.reports.enums import Profile
from feedback.reports.models import ReportCut
from materials.models import Material


class _Ticks(forms.TypedMultipleChoiceField):
    """Several of a list; none of them is all."""

    def __init__(self, label: Any, *, coerce: Any = str, help_text: Any = "") -> None:
        super().__init__(
            label=label,
            coerce=coerce,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=help_text,
        )


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )


class CutForm(forms.Form):
    """A named report."""

    name = LineFormField(label=_("Name"), limit=100)
    countries = _Ticks(_("Countries"), coerce=int, help_text=_("None ticked: all of them."))
    materials = _Ticks(_("Materials"), coerce=int, help_text=_("None ticked: all of them."))
    sections = _Ticks(_("Chapters and annexes"), help_text=_("None ticked: all of them."))
    start = _day(_("From"))
    end = _day(_("To"))
    profile = forms.ChoiceField(
        label=_("For"), choices=Profile.choices, widget=forms.RadioSelect, initial=Profile.AGENCY
    )

    def __init__(self, data: Any, *, cut: ReportCut | None = None) -> None:
        super().__init__(data, initial=_kept(cut) if cut else {})
        materials = Material.objects.order_by("code").values_list("pk", "code", "title")
        choices: dict[str, list[tuple[Any, str]]] = {
            "countries": [(c.pk, c.name) for c in reference.countries()],
            "materials": [(pk, f"{code} {title}") for pk, code, title in materials],
            "sections": [(s.key, s.title()) for s in sections.registered()],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def chosen(self) -> Chosen:
        """What was chosen, of a form that is valid."""
        given = self.cleaned_data
        return Chosen(
            name=given["name"],
            countries=tuple(given["countries"]),
            materials=tuple(given["materials"]),
            sections=tuple(given["sections"]),
            start=given["start"],
            end=given["end"],
            profile=given["profile"],
        )


def _kept(cut: ReportCut) -> dict[str, Any]:
    return {
        "name": cut.name,
        "countries": [country.pk for country in cut.countries.all()],
        "materials": [material.pk for material in cut.materials.all()],
        "sections": cut.sections,
        "start": cut.period_start,
        "end": cut.period_end,
        "profile": cut.profile,
    }


class LanguageForm(forms.Form):
    """In which language a report is compiled."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.MAIL_LANGUAGES, initial="en")


class ConsortiumForm(LanguageForm):
    """Which days, for whom and in which language the consortium's report is compiled."""

    start = _day(_("From"), required=True)
    end = _day(_("To"), required=True)
    profile = forms.ChoiceField(label=_("For"), choices=Profile.choices, initial=Profile.AGENCY)

    field_order = ("start", "end", "profile", "language")
