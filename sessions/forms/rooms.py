"""The form of a room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from experts.enums import Role
from experts.models import Country, User


class RoomForm(forms.Form):
    """A place that holds one session at a time."""

    name = LineFormField(label=_("Name"), help_text=_("As the sign on its door says it."))
    address = LineFormField(label=_("Address"), required=False)
    seats = forms.IntegerField(label=_("Seats"), required=False, min_value=1, max_value=10_000)


class NewRoomForm(RoomForm):
    """A room with the country it lies in."""

    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Country.objects.none(), empty_label=None
    )
    field_order = ["country", "name", "address", "seats"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = Country.objects.visible_to(user)
        if not user.access.is_manager:
            countries = countries.filter(pk__in=user.access.countries(Role.COORDINATOR))
        self.fields["country"].queryset = countries  # type: ignore[attr-defined]
