"""Form fields of this app that the others share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from experts.models import Country


class CountryField(forms.ModelChoiceField):
    """A country of a filter, by the agencies' code (EL) or by ISO 3166 (GR)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Country"),
            queryset=Country.objects.all(),
            to_field_name="code",
            required=False,
            empty_label=_("All countries"),
            **kwargs,
        )

    def to_python(self, value: Any) -> Country | None:
        if not value or isinstance(value, Country):
            return value or None
        country = Country.objects.with_code(str(value)).first()
        if country is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return country
