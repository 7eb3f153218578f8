"""What the catalogue is narrowed to, and what is said after using an edition."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from experts import reference
from materials.domain.catalogue import NEW, NO, NO_END, OLD, OVER, VALID, YES, Wanted
from materials.domain.tags import is_level
from materials.enums import MaterialAudience, MaterialType, PortfolioPart, UsedHow


def validate_level(text: str) -> None:
    """A frame and a step, like CEFR A2. Raises ValidationError."""
    if text and not is_level(text):
        raise ValidationError(_("A level looks like CEFR A2 or DigComp 3."))


def _choices(values: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", ""), *values], required=False)


class CatalogueForm(forms.Form):
    """The question and the facets, as they stand in the address."""

    q = LineFormField(label=_("Search"), required=False)
    language = _choices(settings.PROJECT_LANGUAGES)
    audience = _choices(MaterialAudience.choices)
    type = _choices(MaterialType.choices)
    level = LineFormField(required=False, limit=20)
    part = _choices(PortfolioPart.choices)
    reviewed = _choices([(value, value) for value in (YES, NEW, OLD, NO)])
    valid = _choices([(value, value) for value in (VALID, OVER, NO_END)])

    def clean_level(self) -> str:
        level: str = self.cleaned_data["level"]
        validate_level(level)
        return level

    def wanted(self) -> Wanted:
        return Wanted(**self.cleaned_data)


class UsedForm(forms.Form):
    """One tap."""

    how = forms.TypedChoiceField(choices=UsedHow.choices, coerce=UsedHow)


class UsedWhereForm(forms.Form):
    """In which country of the project an edition was used; the receipt says for which answer."""

    receipt = LineFormField(limit=200)
    country = forms.TypedChoiceField(coerce=reference.country)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)
        country.choices = [(one.code, one.name) for one in reference.countries()]
