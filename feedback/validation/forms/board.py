"""What the quality board is narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from experts import reference
from feedback.validation.domain.board.asking import BoardFilter
from feedback.validation.domain.board.states import State
from materials.enums import MaterialAudience


class BoardFilterForm(forms.Form):
    """Country, language, standing, audience; none of them is all."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("All languages")), *settings.PROJECT_LANGUAGES],
        required=False,
    )
    standing = forms.ChoiceField(
        label=_("Where it stands"), choices=[("", _("All")), *State.choices], required=False
    )
    audience = forms.ChoiceField(
        label=_("Written for"),
        choices=[("", _("Everybody")), *MaterialAudience.choices],
        required=False,
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        known = [(country.code, country.name) for country in reference.countries()]
        self.fields["country"].choices = [("", _("All countries")), *known]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> BoardFilter:
        """What was asked, of a form that is valid."""
        given = self.cleaned_data
        country = reference.country(given["country"]) if given["country"] else None
        return BoardFilter(
            country=country.pk if country else None,
            language=given["language"],
            standing=given["standing"],
            audience=given["audience"],
        )

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.values())
