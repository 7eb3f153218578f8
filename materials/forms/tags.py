"""Which parts of an e-portfolio a material helps with, and at which levels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from materials.domain.tags import MAX_LEVELS, is_level
from materials.enums import PortfolioPart
from materials.models import Material


class MaterialTagsForm(forms.Form):
    """Ticks for the parts, one line for the levels."""

    parts = forms.MultipleChoiceField(
        label=_("Parts of an e-portfolio"),
        choices=PortfolioPart.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    levels = LineFormField(
        label=_("Levels"),
        required=False,
        help_text=_("With commas between: CEFR A2, DigComp 3, EntreComp 2"),
    )

    @classmethod
    def of(cls, material: Material, data: Any = None) -> MaterialTagsForm:
        initial = {"parts": material.parts, "levels": ", ".join(material.levels)}
        return cls(data, initial=initial)

    def clean_levels(self) -> list[str]:
        typed = [" ".join(part.split()) for part in self.cleaned_data["levels"].split(",")]
        levels = list(dict.fromkeys(level for level in typed if level))
        for level in levels:
            if not is_level(level):
                text = _("%(level)s is no level we know. Write it like CEFR A2 or DigComp 3.")
                raise forms.ValidationError(text % {"level": level})
        if len(levels) > MAX_LEVELS:
            raise forms.ValidationError(_("Up to eight levels are possible."))
        return levels
